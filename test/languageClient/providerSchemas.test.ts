import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installedProviderSchemas } from '../../client/src/adapters/installedProviders.ts';
import { Failure } from '../../client/src/cluster/failure.ts';
import { ProviderSchemas } from '../../client/src/languageClient/providerSchemas.ts';

const NEVER = new AbortController().signal;

describe('schemas of the providers in an initialised folder', () => {
  let root: string;
  let folder: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'slipway-terraform-'));
    folder = join(root, 'infra');
    await mkdir(join(folder, '.terraform', 'providers'), { recursive: true });
    await writeFile(join(folder, '.terraform.lock.hcl'), 'provider "a" {}\n');
  });
  afterEach(() => rm(root, { recursive: true }));

  /** A program in the place of terraform, which counts its runs. */
  const program = async (script: string): Promise<string> => {
    const file = join(root, 'terraform');
    await writeFile(file, `#!/bin/sh\necho run >> "${join(root, 'runs')}"\n${script}\n`);
    await chmod(file, 0o755);
    return file;
  };
  const runs = async (): Promise<number> => (await readFile(join(root, 'runs'), 'utf8')).split('\n').length - 1;
  const read = (command: string, signal = NEVER) =>
    installedProviderSchemas({ folder, cache: join(root, 'cache'), command, environment: process.env }, signal);

  it('are printed once for each content of the lock file', async () => {
    const command = await program('echo "{\\"asked\\": \\"$*\\"}"');
    const file = await read(command);
    assert.deepEqual(JSON.parse(await readFile(file!, 'utf8')), { asked: 'providers schema -json' });
    assert.equal(await read(command), file);
    assert.equal(await runs(), 1);
    await writeFile(join(folder, '.terraform.lock.hcl'), 'provider "b" {}\n');
    assert.notEqual(await read(command), file);
    assert.equal(await runs(), 2);
  });

  it('are not asked for where no provider is installed', async () => {
    await rm(join(folder, '.terraform'), { recursive: true });
    assert.equal(await read('/nowhere/terraform'), undefined);
  });

  it('say in the words of terraform why there are none, and leave nothing half-written', async () => {
    const command = await program('echo "half"; echo "Error: no such plugin" >&2; exit 1');
    await assert.rejects(
      read(command),
      (error) => error instanceof Failure && error.report.said === 'Error: no such plugin',
    );
    await assert.rejects(read(command));
    assert.equal(await runs(), 2);
  });

  it('say that there is no terraform', async () => {
    await assert.rejects(
      read('/nowhere/terraform'),
      (error) => error instanceof Failure && error.report.kind === 'tool-missing',
    );
  });

  it('can be cancelled', async () => {
    const command = await program('exec sleep 60');
    const controller = new AbortController();
    const reading = read(command, controller.signal);
    setTimeout(() => controller.abort(), 50);
    await assert.rejects(reading, { name: 'AbortError' });
  });

  it('are told to the server once, again after a restart, and a folder that fails costs only itself', async () => {
    const told: string[] = [];
    const log: string[] = [];
    const files: Record<string, string> = { '/a': '/cache/1.json', '/c': '/cache/3.json' };
    const schemas = new ProviderSchemas({
      folders: async () => ['/a', '/b', '/c'].map((path) => ({ uri: `file://${path}`, path })),
      read: async (path) => {
        if (path === '/b') throw new Error('no plugin');
        return files[path];
      },
      tell: async (uri, file) => {
        told.push(`${uri} ${file}`);
        return 1;
      },
      log: (message) => log.push(message),
    });
    await schemas.refresh();
    await schemas.refresh();
    assert.deepEqual(told, ['file:///a /cache/1.json', 'file:///c /cache/3.json']);
    assert.ok(log.some((line) => line.includes('/b') && line.includes('no plugin')));
    files['/a'] = '/cache/2.json';
    await schemas.refresh();
    assert.equal(told.at(-1), 'file:///a /cache/2.json');
    await schemas.again();
    assert.equal(told.length, 5);
  });
});
