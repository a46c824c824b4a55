import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import packageManifest from '../../package.json' with { type: 'json' };
import { configurationInspection } from './features/configurationInspection.ts';
import { configurationSource } from './features/configurationSource.ts';
import { dockerfileSource } from './features/dockerfileSource.ts';
import { graphSource } from './features/graphSource.ts';
import { helmSource } from './features/helmSource.ts';
import { kubernetesSource } from './features/kubernetesSource.ts';
import { kustomizeSource } from './features/kustomizeSource.ts';
import { partSource } from './features/partSource.ts';
import { patternSource } from './features/patternSource.ts';
import { pictureSource } from './features/pictureSource.ts';
import { schemaInspection } from './features/schemaInspection.ts';
import { springSource } from './features/springSource.ts';
import { suppressionSource } from './features/suppressionSource.ts';
import { terraformInspection } from './features/terraformInspection.ts';
import { terraformSchemaSource } from './features/terraformSchemaSource.ts';
import { terraformSource } from './features/terraformSource.ts';
import { yamlSource } from './features/yamlSource.ts';
import { installProviders } from './host/installedProviders.ts';
import { outerConfigurations } from './host/outerConfigurations.ts';
import { providerFiles } from './host/providerFiles.ts';
import { schemaFiles } from './host/schemaFiles.ts';
import { readWorkspace } from './host/workspaceFiles.ts';
import { LANGUAGES } from './languages/languages.ts';
import type { Pages } from './lsp/pages.ts';
import { serve } from './lsp/serve.ts';
import { GROUPS, PATTERNS, PICTURES, RULES } from './patterns/registry.generated.ts';
import { KnownRules } from './rules/knownRules.ts';
import { RuleSet } from './rules/runRules.ts';
import { BundledSchemas } from './schema/bundledSchemas.ts';
import { ClusterSchemas } from './schema/clusterSchemas.ts';
import { SchemaIndex } from './schema/schemaIndex.ts';
import { ProviderSchemas } from './schema/terraform/providerSchemas.ts';
import { World } from './workspace/world.ts';

const bundledSchemas = new BundledSchemas(schemaFiles(import.meta.url));
const clusterSchemas = new ClusterSchemas();
const schemas = new SchemaIndex(bundledSchemas, clusterSchemas);
const providers = new ProviderSchemas(providerFiles(import.meta.url));
const rules = new RuleSet(RULES, [...PATTERNS, ...GROUPS]);
const known = new KnownRules(RULES, [...PATTERNS, ...GROUPS]);
const pagesFolder = new URL('../docs/patterns/', import.meta.url);

const pages: Pages = {
  linkTo: (id) =>
    new URL(
      id.replace(/^([^/]*)\/?(.*)$/, (_id, group, rule) => `${group}.md${rule && `#${rule}`}`),
      pagesFolder,
    ).href,
  read: async (id) => {
    if (!/^[a-z0-9-]+$/.test(id)) return undefined;
    try {
      return await readFile(new URL(`${id}.md`, pagesFolder), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  },
};

/** A file; or the files of a folder, and the settings above it. */
async function* readFolder(start: string, isWanted: (uri: string) => boolean, signal: AbortSignal) {
  const folder = fileURLToPath(start);
  for await (const found of readWorkspace(folder, isWanted, signal)) {
    yield found;
    if (fileURLToPath(found.uri) === folder) return;
  }
  for (const found of await outerConfigurations(folder)) if (isWanted(found.uri)) yield found;
}

// The composition root of the language server: started with --stdio by any editor, or with --node-ipc by VS Code.
serve(createConnection(ProposedFeatures.all), {
  version: packageManifest.version,
  world: new World(LANGUAGES),
  files: { read: readFolder },
  catalog: { patterns: PATTERNS, groups: GROUPS, rules, pictures: PICTURES },
  inspections: [schemaInspection(schemas), terraformInspection(providers), configurationInspection(known)],
  sources: {
    own: [
      patternSource(PATTERNS),
      pictureSource(PATTERNS, PICTURES),
      graphSource,
      partSource,
      springSource,
      kustomizeSource,
      configurationSource(known),
      suppressionSource(known),
    ],
    generic: {
      dockerfile: [dockerfileSource],
      terraform: [terraformSchemaSource(providers), terraformSource],
      yaml: [kubernetesSource(schemas), yamlSource],
      helm: [helmSource, kubernetesSource(schemas), yamlSource],
    },
  },
  pages,
  schemas: {
    bundle: new SchemaIndex(bundledSchemas),
    cluster: clusterSchemas,
    installProviders: (folder, file) => installProviders(providers, folder, file),
  },
  faultsAreFatal: process.env['SLIPWAY_TEST'] === '1',
});
