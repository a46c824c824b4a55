import type { LogOutputChannel, Memento } from 'vscode';
import type { ClusterTarget } from '../adapters/clusterTarget.ts';
import type { PortForwards } from '../adapters/portForwards.ts';
import type { ClusterModel } from '../cluster/tree/clusterModel.ts';
import type { SlipwayServer } from '../languageClient/slipwayServer.ts';
import type { FailureDiagnostics } from '../views/failureDiagnostics.ts';
import type { ManifestStates } from '../views/manifestStates.ts';
import type { ObjectPages } from '../views/objectPages.ts';
import type { OpenLogs } from '../views/openLogs.ts';
import type { PatternPictures } from '../views/patternPictures.ts';
import type { RenderedCharts } from '../views/renderedCharts.ts';
import type { ReportDocuments } from '../views/reportDocuments.ts';
import type { ReviewDocuments } from '../views/reviewDocuments.ts';
import type { TerraformPlans } from '../views/terraformPlans.ts';
import type { VulnerabilityDiagnostics } from '../views/vulnerabilityDiagnostics.ts';
import type { LiveObjects } from './liveObjects.ts';
import type { RunningCanaries } from './runningCanaries.ts';
import type { WorkspaceDrift } from './workspaceDrift.ts';

/** What commands work with. */
export interface CommandContext {
  readonly server: SlipwayServer;
  readonly target: ClusterTarget;
  /** The clusters as the Cluster view knows them, with their connections. */
  readonly cluster: ClusterModel;
  readonly forwards: PortForwards;
  readonly logs: OpenLogs;
  readonly drift: WorkspaceDrift;
  readonly liveObjects: LiveObjects;
  readonly pages: ObjectPages;
  readonly manifestStates: ManifestStates;
  readonly log: LogOutputChannel;
  readonly reviews: ReviewDocuments;
  readonly failures: FailureDiagnostics;
  readonly charts: RenderedCharts;
  readonly pictures: PatternPictures;
  readonly canaries: RunningCanaries;
  readonly reports: ReportDocuments;
  readonly vulnerabilities: VulnerabilityDiagnostics;
  readonly plans: TerraformPlans;
  /** Remembers answers of this workspace, to propose them next time. */
  readonly memory: Memento;
  isTrusted(): boolean;
  /** Draws all views again. */
  refresh(): void;
  /** Says in the status bar what is running; undefined when it ended. */
  showRunning(what: string | undefined): void;
}

/** One command: it asks for what it must know, makes an intent of it, has it carried out, and shows what came of it. */
export interface Command {
  readonly id: `slipway.${string}`;
  /** It starts programs or speaks to engines and clusters, which nothing does in a workspace that is not trusted. */
  readonly needsTrust: boolean;
  /** `argument` is what a view, a menu or a key binding gives; everything in it is optional and may be wrong. */
  run(context: CommandContext, argument: unknown): Promise<void>;
}
