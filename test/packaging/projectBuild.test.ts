import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildProject, type ProjectBuildOptions } from '../../scripts/projectBuild.ts';
import { temporaryFolder } from './temporaryFolder.ts';

describe('buildProject', () => {
  const project = temporaryFolder();
  let said: string[] = [];

  before(() =>
    project.write({
      'package.json': '{"type":"module"}',
      'package-lock.json': '{}',
      'node_modules/old-package/index.js': 'module.exports = { greeting: require("node:path").basename("/x/hello") };',
      'node_modules/old-package/package.json': '{"name":"old-package","version":"1.2.3"}',
      'cli/src/main.ts':
        "import old from 'old-package';\nimport { twice } from '../../server/src/twice.ts';\nconsole.log(twice(old.greeting as string));",
      'server/src/twice.ts': 'export function twice(text: string): string {\n  return text + text;\n}\n',
      'tsconfig.json': '{}',
    }),
  );

  beforeEach(() => {
    said = [];
  });

  const build = (options: Partial<ProjectBuildOptions> = {}) =>
    buildProject({
      root: project.path,
      report: (line) => said.push(line),
      generate: () => 'Nothing to generate here.',
      ...options,
    });
  const program = join(project.path, 'dist', 'cli.js');

  it('makes a program that the shell can start, of ES modules and CommonJS packages', async () => {
    await build();
    const { stdout, stderr } = spawnSync(program, { encoding: 'utf8' });
    assert.equal(stdout, 'hellohello\n', stderr);
    assert.deepEqual((JSON.parse(readFileSync(`${program}.meta.json`, 'utf8')) as { inputs: string[] }).inputs, [
      'cli/src/main.ts',
      'node_modules/old-package/index.js',
      'server/src/twice.ts',
    ]);
  });

  it('says what it leaves out because there is no source', async () => {
    await build();
    assert.ok(said.includes('The extension is left out: there is no client/src/extension.ts.'), said.join('\n'));
  });

  it('does not build again what is current', async () => {
    await build();
    const before = statSync(program).mtimeMs;
    said = [];
    await build();
    assert.ok(said.includes('The command line is current.'));
    assert.equal(statSync(program).mtimeMs, before);
  });

  it('builds again when a source changes that another folder imports', async () => {
    await build();
    project.write({ 'server/src/twice.ts': 'export const twice = (text: string): string => text + " " + text;\n' });
    await build();
    assert.equal(spawnSync(program, { encoding: 'utf8' }).stdout, 'hello hello\n');
  });

  it('builds again when a file is new, because a directory may be a registry', async () => {
    await build();
    project.write({ 'server/src/patterns/canary/README.md': '# Canary' });
    said = [];
    await build();
    assert.ok(said.some((line) => line.startsWith('Bundling the command line')));
  });

  it('builds again when the program was deleted', async () => {
    await build();
    rmSync(program);
    await build();
    assert.equal(existsSync(program), true);
  });

  it('names file, line and column of a fault, and does not take the old program for current afterwards', async () => {
    await build();
    project.write({ 'server/src/twice.ts': 'export const twice = ;\n' });
    await assert.rejects(build(), /server\/src\/twice\.ts:1:22: Unexpected ";"/);
    await assert.rejects(build(), /Unexpected ";"/, 'the second time as well');
    project.write({ 'server/src/twice.ts': 'export const twice = (text: string) => text;\n' });
    await build();
    assert.equal(spawnSync(program, { encoding: 'utf8' }).stdout, 'hello\n');
  });

  it('gives production bundles without source maps and without the names of the machine', async () => {
    const outputFolder = join(project.path, 'dist', 'production');
    await build({ production: true, outputFolder });
    assert.equal(existsSync(join(outputFolder, 'cli.js.map')), false);
    assert.equal(existsSync(`${program}.map`), true, 'development bundles have one');
    const text = readFileSync(join(outputFolder, 'cli.js'), 'utf8');
    assert.equal(text.includes(project.path), false);
    assert.ok(text.startsWith('#!/usr/bin/env node\n'));
  });
});
