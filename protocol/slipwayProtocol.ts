import type { Diagnostic, Location, WorkspaceEdit } from 'vscode-languageserver-protocol';

/** Requests of our own between the VS Code client and the language server. Everything else is plain LSP. */

export type PatternState = 'complete' | 'incomplete' | 'faulty';

export interface ParticipantNode {
  /** The role's noun phrase: `stable workload`. */
  readonly role: string;
  /** `Deployment catalog-v1`. */
  readonly name: string;
  readonly location: Location;
}

export interface InstanceNode {
  readonly name: string;
  readonly state: PatternState;
  readonly participants: readonly ParticipantNode[];
  /** Noun phrases of the roles that nothing plays. */
  readonly missing: readonly string[];
  /** Findings of the pattern's rules on its participants. */
  readonly faults: readonly {
    readonly message: string;
    readonly severity: 'error' | 'warning' | 'information';
    readonly location: Location;
  }[];
}

export interface PatternNode {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly summary: string;
  /** Empty where the workspace does not use the pattern. */
  readonly instances: readonly InstanceNode[];
  /** `Slipway: Apply Pattern…` may offer it. */
  readonly applicable: boolean;
}

/** The whole catalog as the workspace uses it, in catalog order. */
export const patternsRequest = 'slipway/patterns';
export type PatternsResult = readonly PatternNode[];

/** Sent after the workspace changed in a way that may change the answer of `slipway/patterns` or `slipway/pipeline`. */
export const workspaceChangedNotification = 'slipway/workspaceChanged';

export type StageState = 'found' | 'missing' | 'faulty';

export interface StageNode {
  readonly id: 'develop' | 'build' | 'containerize' | 'push' | 'deploy' | 'integrate';
  readonly title: string;
  readonly state: StageState;
  /** What was found, in words: `Dockerfile with 2 stages`. */
  readonly evidence: readonly { readonly text: string; readonly location?: Location }[];
  readonly missing: readonly string[];
}

/** One application: a folder with a Dockerfile, and what deploys its image. */
export interface ApplicationNode {
  readonly name: string;
  /** URI of the folder that is the build context. */
  readonly folder: string;
  readonly dockerfile: string;
  /** Image references that manifests of the workspace use for it, most used first. */
  readonly images: readonly string[];
  /** Manifests that deploy it. */
  readonly manifests: readonly {
    readonly uri: string;
    readonly workload: string;
    readonly kind: string;
    readonly namespace: string | null;
  }[];
  readonly stages: readonly StageNode[];
}

export const pipelineRequest = 'slipway/pipeline';
export type PipelineResult = readonly ApplicationNode[];

export interface WorkloadNode {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | null;
  readonly location: Location;
}

/** Workloads of the workspace, for pickers. */
export const workloadsRequest = 'slipway/workloads';
export type WorkloadsResult = readonly WorkloadNode[];

/** Asks for the change that adds a pattern to a workload; null where the pattern has no place there. */
export const applyPatternRequest = 'slipway/applyPattern';
export interface ApplyPatternParams {
  readonly pattern: string;
  readonly workload: Location;
}
export type ApplyPatternResult = WorkspaceEdit | null;

/** The page of a pattern or rule as Markdown; null for an unknown id. */
export const explainRequest = 'slipway/explain';

/** The ids that have a page, for pickers: patterns and groups, each followed by its rules. */
export const pagesRequest = 'slipway/pages';
export interface PageNode {
  /** `canary` or `canary/subset-without-pods`. */
  readonly id: string;
  /** The title of the pattern or group. */
  readonly title: string;
  /** What the pattern is for; of a rule its severity and profile. */
  readonly detail: string;
}
export type PagesResult = readonly PageNode[];
export interface ExplainParams {
  /** `canary` or `canary/subset-without-pods`. */
  readonly id: string;
}
export type ExplainResult = { readonly title: string; readonly markdown: string } | null;

/** Asks what is to be said of a chart as it was rendered; the findings lie in its templates and values. */
export const renderedFindingsRequest = 'slipway/renderedFindings';
export interface RenderedFindingsParams {
  /** URI of the Chart.yaml. */
  readonly chart: string;
  /** What Helm printed. */
  readonly output: string;
  /** The same with marked lines; null where the marked copy could not be rendered. */
  readonly marked: string | null;
  /** What Helm said where it failed, else null. */
  readonly failure: string | null;
  /** URIs of the values files besides values.yaml, the one that counts first first. */
  readonly valuesFiles: readonly string[];
}
export type RenderedFindingsResult = readonly { readonly uri: string; readonly diagnostics: readonly Diagnostic[] }[];

/** Globs of the contexts that some `slipway.yaml` of the workspace protects; answered once the workspace is read. */
export const protectedContextsRequest = 'slipway/protectedContexts';
export type ProtectedContextsResult = readonly string[];

/** Tells the server what the chosen cluster knows, in place of what it was told before. */
export const clusterSchemasRequest = 'slipway/clusterSchemas';
export interface ClusterSchemasParams {
  /** The name of the context, for people. */
  readonly context: string;
  /** The OpenAPI v3 documents of its API server, parsed; empty to forget the cluster. */
  readonly documents: readonly unknown[];
}
export interface ClusterSchemasResult {
  /** How many kinds the cluster has. */
  readonly kinds: number;
}

/** Tells the server what the providers that are installed in a folder look like. */
export const providerSchemasRequest = 'slipway/providerSchemas';
export interface ProviderSchemasParams {
  /** URI of the folder in which `terraform init` ran. */
  readonly folder: string;
  /** Path of a file with the output of `terraform providers schema -json`; null to forget the folder's. */
  readonly file: string | null;
}
export interface ProviderSchemasResult {
  /** How many providers were read. */
  readonly providers: number;
}
