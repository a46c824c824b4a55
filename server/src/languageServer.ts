import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import packageManifest from '../../package.json' with { type: 'json' };
import { readWorkspace } from './host/workspaceFiles.ts';
import { LANGUAGES } from './languages/languages.ts';
import { serve } from './lsp/serve.ts';
import { GROUPS, PATTERNS, RULES } from './patterns/registry.generated.ts';
import { RuleSet } from './rules/runRules.ts';
import { World } from './workspace/world.ts';

// The composition root of the language server: started with --stdio by any editor, or with --node-ipc by VS Code.
serve(createConnection(ProposedFeatures.all), {
  version: packageManifest.version,
  world: new World(LANGUAGES),
  files: { read: (start, isWanted, signal) => readWorkspace(fileURLToPath(start), isWanted, signal) },
  catalog: { patterns: PATTERNS, groups: GROUPS, rules: new RuleSet(RULES) },
  inspections: [],
  pagesUri: new URL('../docs/patterns/', import.meta.url).href,
  faultsAreFatal: process.env['SLIPWAY_TEST'] === '1',
});
