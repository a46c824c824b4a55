import {
  type CancellationToken,
  type Diagnostic,
  type Disposable,
  EventEmitter,
  type LogOutputChannel,
  type Uri,
  type WorkspaceEdit,
} from 'vscode';
import { LanguageClient, type LanguageClientOptions, TransportKind } from 'vscode-languageclient/node';
import {
  type AssistantToolParams,
  type AssistantToolResult,
  assistantToolRequest,
} from '../../../protocol/assistantTools.ts';
import { type PicturesParams, type PicturesResult, picturesRequest, SHOW_PICTURE } from '../../../protocol/pictures.ts';
import {
  type ApplyPatternParams,
  type ApplyPatternResult,
  applyPatternRequest,
  type ClusterSchemasParams,
  type ClusterSchemasResult,
  clusterSchemasRequest,
  type ExplainResult,
  explainRequest,
  type PagesResult,
  type PatternsResult,
  type PipelineResult,
  type ProtectedContextsResult,
  type ProviderSchemasParams,
  type ProviderSchemasResult,
  pagesRequest,
  patternsRequest,
  pipelineRequest,
  protectedContextsRequest,
  providerSchemasRequest,
  type RenderedFindingsParams,
  type RenderedFindingsResult,
  renderedFindingsRequest,
  type WorkloadsResult,
  workloadsRequest,
  workspaceChangedNotification,
} from '../../../protocol/slipwayProtocol.ts';
import { unwantedFeatures } from './otherExtensions.ts';
import { SERVER_FLAGS } from './serverFlags.ts';
import { SHOW_PLACES, showPlaces } from './showPlaces.ts';
import type { GenericFeature } from './yieldedFeatures.ts';

/** How the server is started. */
export interface ServerStart {
  /** The path of its program. */
  readonly program: string;
  readonly log: LogOutputChannel;
  /** Asked at each start: extensions come and go. */
  yields(): Readonly<Record<string, readonly GenericFeature[]>>;
  isTrusted(): boolean;
  /** The ids of the commands that lenses may name. */
  readonly commands: readonly string[];
  /** Faults of the server end it, so that tests see them. */
  readonly faultsAreFatal: boolean;
  /** Where the editor shows the page of a rule. */
  pageOf(rule: string): Uri;
}

/** The files that the server reads. */
const DOCUMENTS = [
  { scheme: 'file', language: 'yaml' },
  { scheme: 'file', language: 'helm' },
  { scheme: 'file', language: 'json' },
  { scheme: 'file', language: 'dockerfile' },
  { scheme: 'file', language: 'terraform' },
  { scheme: 'file', language: 'hcl' },
  { scheme: 'file', pattern: '**/*.{yaml,yml,tf,tofu,tfvars}' },
  { scheme: 'file', pattern: '**/{Dockerfile,Dockerfile.*,*.Dockerfile,Containerfile}' },
  { scheme: 'file', pattern: '**/{application,application-*,bootstrap,bootstrap-*}.properties' },
  { scheme: 'file', pattern: '**/{pom.xml,*changelog*.xml,build.gradle,build.gradle.kts,*.versions.toml,Cargo.toml}' },
  { scheme: 'file', pattern: '**/{migration,migrations,changelog,changelogs}/**/*.sql' },
  { scheme: 'file', pattern: '**/src/**/*.rs' },
  { scheme: 'file', pattern: '**/{*requirements*,constraints*}.{txt,in}' },
  { scheme: 'file', pattern: '**/{pyproject.toml,alembic.ini,*.py}' },
  { scheme: 'file', pattern: '**/{*.cs,*.csproj,Directory.Packages.props,Directory.Build.props}' },
];

/** Our language server, as the commands and views ask it. */
export class SlipwayServer implements Disposable {
  readonly #client: LanguageClient;
  readonly #changed = new EventEmitter<void>();
  readonly #showPlaces: Disposable;
  /** Fires when the answers to `patterns` and `pipeline` may have changed. */
  readonly onDidChange = this.#changed.event;

  readonly #pageOf: ServerStart['pageOf'];

  constructor(start: ServerStart) {
    this.#pageOf = start.pageOf;
    const environment = { ...process.env, ...(start.faultsAreFatal ? { SLIPWAY_TEST: '1' } : {}) };
    this.#client = new LanguageClient(
      'slipway',
      'Slipway',
      {
        module: start.program,
        transport: TransportKind.ipc,
        options: { env: environment, execArgv: [...SERVER_FLAGS] },
      },
      clientOptions(start),
    );
    this.#showPlaces = showPlaces(this.#client);
    this.#client.onNotification(workspaceChangedNotification, () => this.#changed.fire());
  }

  async start(): Promise<void> {
    await this.#client.start();
    this.#changed.fire();
  }

  /** Starts the server anew where what it was told at its start has changed. */
  async restart(): Promise<void> {
    await this.#client.restart();
    this.#changed.fire();
  }

  patterns(): Promise<PatternsResult> {
    return this.#client.sendRequest(patternsRequest);
  }

  pipeline(): Promise<PipelineResult> {
    return this.#client.sendRequest(pipelineRequest);
  }

  workloads(): Promise<WorkloadsResult> {
    return this.#client.sendRequest(workloadsRequest);
  }

  /** Globs of the contexts that the workspace protects. */
  protectedContexts(): Promise<ProtectedContextsResult> {
    return this.#client.sendRequest(protectedContextsRequest);
  }

  /** Everything that `explain` has a page for. */
  pages(): Promise<PagesResult> {
    return this.#client.sendRequest(pagesRequest);
  }

  explain(id: string): Promise<ExplainResult> {
    return this.#client.sendRequest(explainRequest, { id });
  }

  /** The pictures of the uses of a pattern. */
  pictures(pattern: string): Promise<PicturesResult> {
    const params: PicturesParams = { pattern };
    return this.#client.sendRequest(picturesRequest, params);
  }

  /** Uses a tool of an assistant. */
  assistantTool(params: AssistantToolParams, token: CancellationToken): Promise<AssistantToolResult> {
    return this.#client.sendRequest(assistantToolRequest, params, token);
  }

  /** Hands over what the chosen cluster knows; gives the number of its kinds. */
  async tellClusterSchemas(context: string, documents: readonly unknown[]): Promise<number> {
    const params: ClusterSchemasParams = { context, documents };
    return (await this.#client.sendRequest<ClusterSchemasResult>(clusterSchemasRequest, params)).kinds;
  }

  /** Hands over a file with the printed schemas of a folder's Terraform providers; gives their number. */
  async tellProviderSchemas(folder: string, file: string | undefined): Promise<number> {
    const params: ProviderSchemasParams = { folder, file: file ?? null };
    return (await this.#client.sendRequest<ProviderSchemasResult>(providerSchemasRequest, params)).providers;
  }

  /** The edit that adds a pattern to a workload, or undefined where the pattern has no place. */
  async applyPattern(params: ApplyPatternParams): Promise<WorkspaceEdit | undefined> {
    const edit = await this.#client.sendRequest<ApplyPatternResult>(applyPatternRequest, params);
    return edit ? await this.#client.protocol2CodeConverter.asWorkspaceEdit(edit) : undefined;
  }

  /** What is to be said of a chart that was rendered, by file. */
  async renderedFindings(params: RenderedFindingsParams): Promise<[Uri, Diagnostic[]][]> {
    const files = await this.#client.sendRequest<RenderedFindingsResult>(renderedFindingsRequest, params);
    const { protocol2CodeConverter } = this.#client;
    return Promise.all(
      files.map(async ({ uri, diagnostics }): Promise<[Uri, Diagnostic[]]> => {
        const converted = await protocol2CodeConverter.asDiagnostics([...diagnostics]);
        for (const diagnostic of converted) linkToPreview(diagnostic, this.#pageOf);
        return [protocol2CodeConverter.asUri(uri), converted];
      }),
    );
  }

  async dispose(): Promise<void> {
    this.#changed.dispose();
    this.#showPlaces.dispose();
    if (this.#client.isRunning()) await this.#client.dispose();
  }
}

function clientOptions({ commands, isTrusted, log, pageOf, yields }: ServerStart): LanguageClientOptions {
  return {
    documentSelector: DOCUMENTS,
    outputChannel: log,
    initializationOptions: () => ({
      yields: yields(),
      off: unwantedFeatures(),
      untrusted: !isTrusted(),
      commands: [SHOW_PLACES, ...commands],
    }),
    diagnosticCollectionName: 'slipway',
    diagnosticPullOptions: { onChange: true, onTabs: true },
    // Hovers may offer to show a picture, and nothing else.
    markdown: { isTrusted: { enabledCommands: [SHOW_PICTURE] }, supportHtml: false },
    middleware: {
      async provideDiagnostics(document, previousResultId, token, next) {
        const report = await next(document, previousResultId, token);
        if (report?.kind === 'full') for (const diagnostic of report.items) linkToPreview(diagnostic, pageOf);
        return report;
      },
      provideWorkspaceDiagnostics(resultIds, token, report, next) {
        return next(resultIds, token, (chunk) => {
          for (const item of chunk?.items ?? []) {
            if (item.kind === 'full') for (const diagnostic of item.items) linkToPreview(diagnostic, pageOf);
          }
          report(chunk);
        });
      },
    },
  };
}

/** A click on a rule's code shows its page as a preview; the file that other clients open would be bare Markdown. */
function linkToPreview(diagnostic: Diagnostic, pageOf: ServerStart['pageOf']): void {
  const { code } = diagnostic;
  if (typeof code !== 'object' || code === null) return;
  diagnostic.code = { value: code.value, target: pageOf(String(code.value)) };
}
