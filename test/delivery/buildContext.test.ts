import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { extract } from 'tar-stream';
import { buildContext } from '../../client/src/adapters/buildContext.ts';
import { testFolder } from './testFolder.ts';

describe('A build context', () => {
  const files = testFolder();
  const names = async (dockerfile: string): Promise<string[]> => {
    const context = await buildContext(join(files.path, 'app'), dockerfile);
    const found: string[] = [];
    const entries = extract();
    entries.on('entry', (header, stream, next) => {
      found.push(header.type === 'symlink' ? `${header.name} -> ${header.linkname}` : header.name.replace(/\/$/, ''));
      stream.resume();
      stream.on('end', () => next());
    });
    await new Promise((resolve, reject) => {
      context.stream.on('error', reject);
      context.stream
        .pipe(entries)
        .on('finish', () => resolve(undefined))
        .on('error', reject);
    });
    return found.sort();
  };

  beforeEach(() => {
    files.write('app/Dockerfile', 'FROM scratch\n');
    files.write('app/src/main.c', 'main');
    files.write('app/node_modules/a/index.js', 'a');
    files.write('app/node_modules/keep/index.js', 'k');
    files.write('outside.txt', 'never');
    symlinkSync('../../outside.txt', join(files.path, 'app/src/link'));
  });

  it('leaves out what .dockerignore says, with its exceptions, never the Dockerfile, and follows no link', async () => {
    files.write('app/.dockerignore', '# comment\nnode_modules\n!node_modules/keep\nDockerfile\n');
    assert.deepEqual(await names(join(files.path, 'app/Dockerfile')), [
      '.dockerignore',
      'Dockerfile',
      'node_modules/keep',
      'node_modules/keep/index.js',
      'src',
      'src/link -> ../../outside.txt',
      'src/main.c',
    ]);
  });

  it('prefers the ignore file of its own Dockerfile, and takes a Dockerfile from elsewhere along', async () => {
    files.write('app/.dockerignore', 'src\n');
    files.write('app/Dockerfile.dockerignore', 'node_modules\n');
    const own = await names(join(files.path, 'app/Dockerfile'));
    assert.ok(own.includes('src/main.c') && !own.some((name) => name.startsWith('node_modules')));
    const foreign = await buildContext(join(files.path, 'app'), files.write('elsewhere/Dockerfile', 'FROM scratch\n'));
    assert.equal(foreign.dockerfile, '.slipway.Dockerfile');
    foreign.stream.resume();
  });
});
