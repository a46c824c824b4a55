import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temporaryFolder.ts';

const ROOT = join(import.meta.dirname, '..', '..');

type Packages = Readonly<Record<string, { readonly version?: string; readonly optional?: true; readonly link?: true }>>;

describe('bootstrap', () => {
  const project = temporaryFolder();
  const npmCli = join(project.path, 'npm-cli.js');

  before(() => {
    mkdirSync(join(project.path, 'scripts'));
    copyFileSync(join(ROOT, 'scripts', 'bootstrap.mjs'), join(project.path, 'scripts', 'bootstrap.mjs'));
    mkdirSync(join(project.path, 'node_modules'));
    symlinkSync(join(ROOT, 'node_modules', 'tsx'), join(project.path, 'node_modules', 'tsx'), 'dir');
    project.write({
      'package.json': '{"type":"module"}',
      'entry.ts': 'const words: string[] = process.argv.slice(2); console.log("ran", words); process.exitCode = 7;',
      // Stands in for npm: says what it was asked for, and ends as it is told.
      'npm-cli.js':
        'console.log("npm", process.argv.slice(2).join(" ")); process.exitCode = Number(process.env.NPM_EXIT);',
    });
  });

  function run(wanted: Packages | undefined, installed: Packages | undefined, ...nodeArguments: string[]) {
    project.write({
      'package-lock.json': wanted ? JSON.stringify({ packages: { '': {}, ...wanted } }) : '{',
      'node_modules/.package-lock.json': installed ? JSON.stringify({ packages: installed }) : '',
    });
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...nodeArguments, 'scripts/bootstrap.mjs', 'entry.ts', 'one', 'two words'],
      {
        cwd: project.path,
        encoding: 'utf8',
        env: { ...process.env, npm_execpath: npmCli, NPM_EXIT: process.env['NPM_EXIT'] ?? '0' },
      },
    );
    return { status, stdout, stderr };
  }

  it('runs the entry with its arguments and exit code, without npm, when all is installed', () => {
    const { status, stdout } = run(
      { 'node_modules/a': { version: '1.0.0' } },
      { 'node_modules/a': { version: '1.0.0' } },
    );
    assert.equal(stdout, "ran [ 'one', 'two words' ]\n");
    assert.equal(status, 7);
  });

  it('installs first where nothing was installed to the end', () => {
    const { status, stdout, stderr } = run({ 'node_modules/a': { version: '1.0.0' } }, undefined);
    assert.match(stderr, /nothing is installed yet/);
    assert.match(stdout, /^npm ci .*\nran /);
    assert.equal(status, 7);
  });

  it('installs when a package has another version, and says which', () => {
    const { stdout, stderr } = run(
      { 'node_modules/a': { version: '2.0.0' } },
      { 'node_modules/a': { version: '1.0.0' } },
    );
    assert.match(stderr, /a: 1\.0\.0, wanted 2\.0\.0/);
    assert.match(stdout, /^npm ci/);
  });

  it('does not miss optional packages of other platforms, links, and what is there besides', () => {
    const { stdout } = run(
      {
        'node_modules/a': { version: '1.0.0' },
        'node_modules/for-windows': { version: '1.0.0', optional: true },
        'node_modules/linked': { link: true },
      },
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/extra': { version: '3.0.0' } },
    );
    assert.doesNotMatch(stdout, /npm/);
  });

  it('stops with a word when the installation fails', () => {
    process.env['NPM_EXIT'] = '3';
    try {
      const { status, stdout, stderr } = run({ 'node_modules/a': { version: '1.0.0' } }, undefined);
      assert.match(stderr, /npm ci failed with exit code 3/);
      assert.doesNotMatch(stdout, /ran/);
      assert.equal(status, 2);
    } finally {
      delete process.env['NPM_EXIT'];
    }
  });

  it('says that the checkout is not whole when the lock file cannot be read', () => {
    const { status, stderr } = run(undefined, undefined);
    assert.match(stderr, /package-lock\.json is missing or cannot be read/);
    assert.equal(status, 2);
  });

  for (const [version, accepted] of [
    ['18.20.4', false],
    ['20.18.3', false],
    ['20.19.0', true],
    ['22.1.0', true],
  ] as const) {
    it(`${accepted ? 'accepts' : 'refuses'} Node ${version}`, () => {
      const pretend = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`;
      const all = { 'node_modules/a': { version: '1.0.0' } };
      const { status, stderr } = run(all, all, '--import', pretend);
      assert.equal(status, accepted ? 7 : 2);
      if (!accepted) assert.equal(stderr, `Slipway needs Node 20.19 or newer; this is Node ${version}.\n`);
    });
  }
});
