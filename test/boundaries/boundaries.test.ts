import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Who may import whom: each folder of sources, and the folders and packages that it may use besides itself. `node` stands
 * for Node's own modules, that is for I/O. A folder that is not listed may not exist.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  protocol: ['vscode-languageserver-protocol'],
  'server/src/text': [],
  'server/src/languages': [
    'server/src/text',
    'server/src/workspace',
    'yaml',
    'ipaddr.js',
    '@lezer/common',
    '@lezer/python',
    '@lezer/rust',
    '@lezer/xml',
    'toml-eslint-parser',
    'jsonc-parser',
    '@prometheus-io/lezer-promql',
  ],
  'server/src/schema': ['server/src/text', 'ipaddr.js'],
  'server/src/workspace': ['server/src/text', 'server/src/languages'],
  'server/src/rules': [
    'server/src/text',
    'server/src/languages',
    'server/src/workspace',
    'server/src/configuration',
    'yaml',
  ],
  'server/src/configuration': [
    'server/src/text',
    'server/src/schema',
    'server/src/workspace',
    'server/src/rules',
    'schemas/slipway.schema.json',
    'picomatch',
  ],
  'server/src/patterns': [
    'server/src/configuration',
    'server/src/text',
    'server/src/languages',
    'server/src/schema',
    'server/src/workspace',
    'server/src/rules',
    'ajv',
    'semver',
    'spdx-license-ids',
    'yaml',
  ],
  'server/src/features': [
    'server/src/configuration',
    'server/src/text',
    'server/src/languages',
    'server/src/schema',
    'server/src/workspace',
    'server/src/rules',
    'server/src/patterns',
    'yaml',
    'cronstrue',
  ],
  'server/src/render': [
    'server/src/text',
    'server/src/languages',
    'server/src/workspace',
    'server/src/rules',
    'server/src/features',
  ],
  'server/src/assistant': [
    'protocol',
    'server/src/text',
    'server/src/workspace',
    'server/src/rules',
    'server/src/patterns',
    'server/src/features',
    'ajv',
    'diff',
  ],
  'server/src/host': ['node', 'server/src/schema'],
  'server/src/lsp': [
    'node',
    'protocol',
    'server/src/configuration',
    'server/src/text',
    'server/src/languages',
    'server/src/schema',
    'server/src/workspace',
    'server/src/rules',
    'server/src/features',
    'server/src/assistant',
    'server/src/render',
    'vscode-languageserver',
    'vscode-languageserver-protocol',
  ],
  'server/src': ['*'],
  'cli/src': [
    'node',
    'protocol',
    'server/src',
    '@modelcontextprotocol/server',
    'client/src/delivery',
    'client/src/cluster',
    'client/src/adapters',
  ],
  'client/src/delivery': ['node', 'server/src/text', 'server/src/languages', 'client/src/cluster', 'yaml', 'diff'],
  'client/src/cluster': ['node', 'yaml', 'diff'],
  'client/src/adapters': ['*'],
  'client/src/languageClient': ['node', 'vscode', 'vscode-languageclient', 'protocol', 'client/src/adapters'],
  'client/src/pictures': ['protocol', 'mermaid'],
  'client/src/views': [
    'node',
    'vscode',
    'protocol',
    'server/src/render',
    'client/src/delivery',
    'client/src/cluster',
    'client/src/languageClient',
    'client/src/adapters',
    'vscode-languageclient',
  ],
  'client/src/commands': ['*'],
  'client/src': ['*'],
};

/** Only these speak to VS Code, and only these to the language client. */
const KNOWS_VSCODE = [
  'client/src',
  'client/src/commands',
  'client/src/views',
  'client/src/languageClient',
  'client/src/adapters',
];

/** Modules of Node that compute and touch nothing outside the process. */
const COMPUTES = new Set(['node:crypto', 'node:buffer', 'node:zlib']);

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sourceFiles(file);
    return /\.[cm]?ts$/.test(entry.name) ? [file] : [];
  });
}

const files = ['protocol', 'server', 'cli', 'client'].flatMap(sourceFiles);

/** The listed folder that a file belongs to: the longest one above it. */
function folderOf(file: string): string | undefined {
  return Object.keys(MAY_IMPORT)
    .filter((folder) => file.startsWith(`${folder}/`))
    .filter((folder) =>
      folder.split('/').length === 2 && /^(?:server|client)\/src$/.test(folder)
        ? !file.slice(folder.length + 1).includes('/')
        : true,
    )
    .sort((a, b) => b.length - a.length)[0];
}

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [
    ...text.matchAll(/^\s*(?:import|export)\s[^'"]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\('([^']+)'\)/gm),
  ].map((match) => {
    const written = (match[1] ?? match[2] ?? match[3])!;
    return { file, from: folderOf(file) ?? file, to: targetOf(file, written) };
  });
}

/** A folder of ours, `node`, or the name of a package. */
function targetOf(file: string, written: string): string {
  if (written.startsWith('.')) {
    const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), written));
    return folderOf(target) ?? target;
  }
  if (COMPUTES.has(written)) return 'nothing outside';
  if (written.startsWith('node:') || builtinModules.includes(written)) return 'node';
  return written.startsWith('@') ? written.split('/').slice(0, 2).join('/') : written.split('/')[0]!;
}

describe('boundaries', () => {
  it('has no folder that is not in the table', () => {
    assert.deepEqual(
      files.filter((file) => folderOf(file) === undefined),
      [],
    );
  });

  it('imports only what the table allows', () => {
    const broken = files.flatMap(importsOf).filter(({ from, to }) => {
      const allowed = MAY_IMPORT[from] ?? [];
      if (to === from || to === 'package.json' || to === 'nothing outside' || allowed.includes('*')) return false;
      return !allowed.some((folder) => to === folder || (folder === 'server/src' && to.startsWith('server/src')));
    });
    assert.deepEqual(
      broken.map(({ file, to }) => `${file} → ${to}`),
      [],
    );
  });

  it('speaks to VS Code only in the shell of the client', () => {
    const broken = files.flatMap(importsOf).filter(({ from, to }) => to === 'vscode' && !KNOWS_VSCODE.includes(from));
    assert.deepEqual(
      broken.map(({ file }) => file),
      [],
    );
  });

  it('has no folders or files whose names say nothing', () => {
    const vague = files.filter((file) => /(?:^|\/)(?:utils?|helpers?|common|misc|index)(?:\/|\.ts$)/i.test(file));
    assert.deepEqual(vague, []);
  });

  it('names every file after what it holds, in camelCase', () => {
    const odd = files.filter((file) => !/^[a-z][A-Za-z0-9]*(?:\.generated)?\.ts$/.test(path.posix.basename(file)));
    assert.deepEqual(odd, []);
  });
});
