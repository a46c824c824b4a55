import type { Connection, InitializeParams, InitializeResult, ServerCapabilities } from 'vscode-languageserver/node';
import type { Inspection } from '../features/diagnostics.ts';
import type { World } from '../workspace/world.ts';
import { assistantTools } from './assistantTools.ts';
import { clusterSchemas } from './clusterSchemas.ts';
import { codeActions } from './codeActions.ts';
import { codeLenses } from './codeLenses.ts';
import { completion } from './completion.ts';
import { configuration } from './configuration.ts';
import { documentHighlights } from './documentHighlights.ts';
import { documentLinks } from './documentLinks.ts';
import { documentOutline } from './documentOutline.ts';
import { Faults } from './faults.ts';
import type { FeatureSources } from './featureSources.ts';
import { FileFindings } from './fileFindings.ts';
import { fileWatching } from './fileWatching.ts';
import { foldings } from './foldings.ts';
import { formatting } from './formatting.ts';
import { hover } from './hover.ts';
import { readInitializationOptions } from './initializationOptions.ts';
import { inlayHints } from './inlayHints.ts';
import type { KnownSchemas } from './knownSchemas.ts';
import { LiveWorkspace } from './liveWorkspace.ts';
import type { LspFeature } from './lspFeature.ts';
import { navigation } from './navigation.ts';
import { onTypeFormatting } from './onTypeFormatting.ts';
import type { Pages } from './pages.ts';
import { pictures } from './pictures.ts';
import { providerSchemas } from './providerSchemas.ts';
import { pullDiagnostics } from './pullDiagnostics.ts';
import { pushDiagnostics } from './pushDiagnostics.ts';
import { rename } from './rename.ts';
import type { RuleCatalog } from './ruleCatalog.ts';
import { selectionRanges } from './selectionRanges.ts';
import { semanticTokens } from './semanticTokens.ts';
import type { Session } from './session.ts';
import { Settings } from './settings.ts';
import { signatureHelp } from './signatureHelp.ts';
import { slipwayRequests } from './slipwayRequests.ts';
import { textSync } from './textSync.ts';
import type { WorkspaceFiles } from './workspaceFiles.ts';
import { workspaceFolders } from './workspaceFolders.ts';
import { workspaceSymbols } from './workspaceSymbols.ts';

/** Everything that a server of this protocol offers. */
export const FEATURES: readonly LspFeature[] = [
  textSync,
  configuration,
  workspaceFolders,
  fileWatching,
  pullDiagnostics,
  pushDiagnostics,
  codeActions,
  completion,
  hover,
  navigation,
  documentOutline,
  workspaceSymbols,
  foldings,
  rename,
  formatting,
  onTypeFormatting,
  signatureHelp,
  inlayHints,
  codeLenses,
  selectionRanges,
  documentLinks,
  documentHighlights,
  semanticTokens,
  slipwayRequests,
  assistantTools,
  pictures,
  clusterSchemas,
  providerSchemas,
];

/** What the composition root gives. */
export interface ServerParts {
  readonly version: string;
  readonly world: World;
  readonly files: WorkspaceFiles;
  readonly catalog: RuleCatalog;
  readonly inspections: readonly Inspection[];
  readonly sources: FeatureSources;
  readonly pages: Pages;
  readonly schemas: KnownSchemas;
  /** Our own bugs end the process, so that tests see them. */
  readonly faultsAreFatal: boolean;
}

/** Serves one client over a connection until it says goodbye. */
export function serve(connection: Connection, parts: ServerParts): void {
  const faults = new Faults((message) => connection.console.error(message), parts.faultsAreFatal);
  const afterInitialized: (() => void)[] = [];
  connection.onInitialize((params): InitializeResult => {
    const session = startSession(connection, parts, params, faults, (where, react) =>
      afterInitialized.push(() => faults.notification(where, react)(undefined)),
    );
    const capabilities: ServerCapabilities = {};
    for (const feature of FEATURES) {
      merge(capabilities, feature.capabilities(params.capabilities));
      feature.register(session);
    }
    return { capabilities, serverInfo: { name: 'Slipway', version: parts.version } };
  });
  connection.onInitialized(() => {
    for (const react of afterInitialized.splice(0)) react();
  });
  connection.listen();
}

function startSession(
  connection: Connection,
  { world, files, catalog, inspections, sources, pages, schemas }: ServerParts,
  params: InitializeParams,
  faults: Faults,
  whenInitialized: Session['whenInitialized'],
): Session {
  const workspace = new LiveWorkspace(world, files, (message) => connection.console.warn(message));
  const settings = new Settings();
  const options = readInitializationOptions(params.initializationOptions);
  return {
    connection,
    client: params.capabilities,
    folders: params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []),
    options,
    workspace,
    settings,
    findings: new FileFindings({ workspace, settings, rules: catalog.rules, inspections, options, faults }),
    catalog,
    sources,
    pages,
    schemas,
    faults,
    whenInitialized,
  };
}

/** Adds what one feature announces; several may add to `workspace` and to our own requests. */
function merge(into: ServerCapabilities, from: ServerCapabilities): void {
  const workspace = { ...into.workspace, ...from.workspace };
  const own = [...(into.experimental?.slipway ?? []), ...(from.experimental?.slipway ?? [])];
  Object.assign(into, from);
  if (Object.keys(workspace).length > 0) into.workspace = workspace;
  if (own.length > 0) into.experimental = { slipway: own };
}
