import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packageExtension } from '../../scripts/extensionPackage.ts';
import { filesNamedBy, type Manifest } from '../../scripts/packagedManifest.ts';
import { type ZipEntry, zipEntries } from './zipEntries.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** `vscode` is the host's own; `ws` tries the others, which only make it faster, and goes on without them. */
const HOST_MODULES = ['vscode', 'bufferutil', 'utf-8-validate'];
/** Of which the schemas of Terraform's providers take 2.6. */
const SIZE_BOUND_BYTES = 6 * 1024 * 1024;

describe('the .vsix', function () {
  this.timeout(120_000);
  let file = '';
  let entries: readonly ZipEntry[] = [];
  const names = () => entries.map(({ name }) => name);
  const textOf = (name: string) => {
    const entry = entries.find((candidate) => candidate.name === name);
    assert.ok(entry, `${name} is missing among ${names().join(', ')}`);
    return entry.text();
  };

  before(async () => {
    file = await packageExtension({ root: ROOT });
    entries = zipEntries(file);
  });

  it('holds the extension, its server and the schemas', () => {
    for (const name of [
      'extension.cjs',
      'languageServer.js',
      'pictures.js',
      'schemas/schemas.json',
      'schemas/texts.json',
    ]) {
      assert.ok(textOf(`extension/dist/${name}`).length > 1000, name);
    }
  });

  it('holds every file that its manifest names', () => {
    const manifest = JSON.parse(textOf('extension/package.json')) as Manifest;
    const missing = filesNamedBy(manifest).filter((name) => !names().includes(`extension/${name}`));
    assert.deepEqual(missing, []);
  });

  it('holds the page of every pattern, since diagnostics link to them', () => {
    const pages = readdirSync(join(ROOT, 'docs', 'patterns')).filter((name) => name.endsWith('.md'));
    assert.ok(pages.length > 0);
    const missing = pages.filter((name) => !names().includes(`extension/docs/patterns/${name}`));
    assert.deepEqual(missing, []);
  });

  it('holds nothing that only the checkout needs', () => {
    const unwanted =
      /node_modules|\.ts$|\.map$|\.stamp$|\.meta\.json$|(^|\/)(test|scripts|examples|server|client|cli|protocol|\.ci|\.git|artifacts)\/|cli\.js|tsconfig|biome|package-lock|decisions/;
    assert.deepEqual(
      names().filter((name) => unwanted.test(name)),
      [],
    );
  });

  it('holds nothing but what was asked for', () => {
    const expected =
      /^(\[Content_Types\]\.xml|extension\.vsixmanifest|extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt|THIRD_PARTY_NOTICES\.md|dist\/(extension\.cjs|languageServer\.js|pictures\.js|schemas\/[a-z]+\.json|schemas\/terraform\/\w+(\.texts)?\.json|schemas\/terraform\/\w+\.bodies\.jsonl)|docs\/[\w/-]+\.md|media\/.+|snippets\/[\w.-]+|schemas\/[\w.-]+\.json))$/;
    assert.deepEqual(
      names().filter((name) => !expected.test(name)),
      [],
    );
  });

  it('has a manifest that starts nothing but the extension', () => {
    const manifest = JSON.parse(textOf('extension/package.json')) as Manifest;
    for (const key of ['scripts', 'dependencies', 'devDependencies', 'bin', 'private']) {
      assert.equal(key in manifest, false, key);
    }
    assert.equal(manifest['main'], './dist/extension.cjs');
  });

  it('has bundles that need nothing from node_modules', () => {
    for (const name of ['extension.cjs', 'languageServer.js', 'pictures.js']) {
      const text = textOf(`extension/dist/${name}`);
      assert.equal(text.includes('sourceMappingURL'), false, `${name} points to a source map`);
      assert.equal(text.includes(ROOT), false, `${name} names this machine`);
      const wanted = [...text.matchAll(/\b(?:require|import)\(\s*["']([^"'./][^"']*)["']\s*\)/g)].map(
        ([, module]) => module!,
      );
      const foreign = wanted.filter(
        (module) =>
          !module.startsWith('node:') &&
          !isBuiltIn(module) &&
          !HOST_MODULES.includes(module) &&
          // ajv writes these calls into validators that are kept as files, which Slipway never makes.
          !module.startsWith('ajv/dist/runtime/'),
      );
      assert.deepEqual([...new Set(foreign)], [], `${name} asks for packages`);
    }
  });

  it('names those whose work is in it', () => {
    const notices = textOf('extension/THIRD_PARTY_NOTICES.md');
    for (const name of [
      'yaml',
      'vscode-languageclient',
      'vscode-languageserver',
      '@kubernetes/client-node',
      'kubernetes-models',
    ]) {
      assert.match(notices, new RegExp(`^## ${name} \\d+\\.\\d+\\.\\d+`, 'm'));
    }
    const providers = names().flatMap((name) => /terraform\/(\w+)\.bodies/.exec(name)?.[1] ?? []);
    for (const name of providers) {
      assert.match(notices, new RegExp(`^## @cdkt[fn]/provider-${name} `, 'm'), 'says of whose work a schema is');
    }
    assert.doesNotMatch(notices, /^## (esbuild|mocha|typescript|tsx) /m, 'tools are not shipped');
  });

  it('is small', () => {
    assert.ok(statSync(file).size < SIZE_BOUND_BYTES, `${statSync(file).size} bytes`);
  });
});

function isBuiltIn(module: string): boolean {
  return process.getBuiltinModule(module) !== undefined;
}
