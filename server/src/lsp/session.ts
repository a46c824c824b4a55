import type { ClientCapabilities, Connection } from 'vscode-languageserver/node';
import type { Faults } from './faults.ts';
import type { FeatureSources } from './featureSources.ts';
import type { FileFindings } from './fileFindings.ts';
import type { InitializationOptions } from './initializationOptions.ts';
import type { KnownSchemas } from './knownSchemas.ts';
import type { LiveWorkspace } from './liveWorkspace.ts';
import type { Pages } from './pages.ts';
import type { RuleCatalog } from './ruleCatalog.ts';
import type { Settings } from './settings.ts';

/** All that a feature may need of one client's session. */
export interface Session {
  readonly connection: Connection;
  readonly client: ClientCapabilities;
  /** URIs of the folders that the client opened with. */
  readonly folders: readonly string[];
  readonly options: InitializationOptions;
  readonly workspace: LiveWorkspace;
  readonly findings: FileFindings;
  readonly settings: Settings;
  readonly catalog: RuleCatalog;
  readonly sources: FeatureSources;
  readonly pages: Pages;
  readonly schemas: KnownSchemas;
  readonly faults: Faults;
  /** Runs `react` once the client has said that it is ready for requests of the server. */
  whenInitialized(where: string, react: () => void | Promise<void>): void;
}
