import assert from 'node:assert/strict';
import { filesNamedBy, packagedManifest } from '../../scripts/packagedManifest.ts';
import { shippedFiles } from '../../scripts/shippedFiles.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const MANIFEST = {
  name: 'slipway',
  version: '1.0.0',
  type: 'module',
  private: true,
  main: './dist/extension.cjs',
  icon: 'media/icon.png',
  bin: { slipway: './dist/cli.js' },
  scripts: { start: 'node scripts/bootstrap.mjs' },
  dependencies: { yaml: '2.0.0' },
  devDependencies: { mocha: '12.0.0' },
  contributes: {
    snippets: [{ language: 'yaml', path: './snippets/yaml.code-snippets' }],
    commands: [{ command: 'slipway.ship', title: 'Ship', icon: '$(rocket)' }],
    jsonValidation: [{ fileMatch: 'slipway.yaml', url: './schemas/slipway.schema.json#/definitions' }],
    walkthroughs: [{ steps: [{ media: { image: './media/ship.svg', altText: 'Ship' } }] }],
  },
};

describe('the packaged manifest', () => {
  it('keeps what the editor reads and drops what only the checkout needs', () => {
    assert.deepEqual(Object.keys(packagedManifest(MANIFEST)), [
      'name',
      'version',
      'type',
      'main',
      'icon',
      'contributes',
    ]);
  });

  it('names the files that it needs, however deep', () => {
    assert.deepEqual(filesNamedBy(MANIFEST), [
      'dist/extension.cjs',
      'media/icon.png',
      'media/ship.svg',
      'schemas/slipway.schema.json',
      'snippets/yaml.code-snippets',
    ]);
  });
});

describe('shipped files', () => {
  const project = temporaryFolder();

  it('are those of the manifest, the pages, the documentation and the schemas, and nothing else', async () => {
    project.write({
      'README.md': '',
      LICENSE: '',
      'CONTRIBUTING.md': '',
      'docs/patterns/canary.md': '',
      'docs/patterns/draft.txt': '',
      'docs/decisions/0001-a.md': '',
      'dist/schemas/schemas.json': '',
      'dist/schemas/stamp': '',
      'dist/cli.js': '',
      'snippets/yaml.code-snippets': '',
      'snippets/unnamed.code-snippets': '',
      'media/icon.png': '',
      'node_modules/yaml/index.js': '',
      'server/src/languageServer.ts': '',
    });
    assert.deepEqual(await shippedFiles(project.path, MANIFEST), [
      'LICENSE',
      'README.md',
      'dist/schemas/schemas.json',
      'docs/patterns/canary.md',
      'media/icon.png',
      'media/ship.svg',
      'schemas/slipway.schema.json',
      'snippets/yaml.code-snippets',
    ]);
  });
});
