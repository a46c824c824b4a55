import { commands, type ExtensionContext, ExtensionMode, extensions, languages, Uri, window, workspace } from 'vscode';
import { systemClock } from './adapters/clock.ts';
import { ClusterTarget } from './adapters/clusterTarget.ts';
import { installedProviderSchemas } from './adapters/installedProviders.ts';
import { KubeConfigWatch } from './adapters/kubeConfigWatch.ts';
import { KubernetesApi } from './adapters/kubernetesApi.ts';
import { readClusterOpenApi } from './adapters/kubernetesOpenApi.ts';
import { PortForwards } from './adapters/portForwards.ts';
import { slipwaySettings } from './adapters/slipwaySettings.ts';
import { protectingPattern } from './cluster/protectedContext.ts';
import type { ClusterNode } from './cluster/tree/clusterNode.ts';
import { approveEdit } from './commands/approveEdit.ts';
import type { CommandContext } from './commands/command.ts';
import { COMMANDS } from './commands/commands.ts';
import { LiveObjects } from './commands/liveObjects.ts';
import { valuesKey } from './commands/previewChart.ts';
import { protectingPatterns } from './commands/protectingPatterns.ts';
import { registerCommand } from './commands/registerCommand.ts';
import { RunningCanaries } from './commands/runningCanaries.ts';
import { WorkspaceDrift } from './commands/workspaceDrift.ts';
import { assistantTools } from './languageClient/assistantTools.ts';
import { ClusterSchemas } from './languageClient/clusterSchemas.ts';
import { otherExtensions } from './languageClient/otherExtensions.ts';
import { ProviderSchemas } from './languageClient/providerSchemas.ts';
import { SlipwayServer } from './languageClient/slipwayServer.ts';
import { ClusterView } from './views/clusterView.ts';
import { FailureDiagnostics } from './views/failureDiagnostics.ts';
import { findingCounts } from './views/findingCounts.ts';
import { ManifestStates } from './views/manifestStates.ts';
import { ObjectPages } from './views/objectPages.ts';
import { OpenLogs } from './views/openLogs.ts';
import { PageDocuments, pageUri } from './views/pageDocuments.ts';
import { PatternPictures } from './views/patternPictures.ts';
import { patternTree } from './views/patternTree.ts';
import { pipelineTree } from './views/pipelineTree.ts';
import { RenderedCharts } from './views/renderedCharts.ts';
import { ReportDocuments } from './views/reportDocuments.ts';
import { ReviewDocuments } from './views/reviewDocuments.ts';
import { ServerTree } from './views/serverTree.ts';
import { StatusBar } from './views/statusBar.ts';
import { TerraformPlans } from './views/terraformPlans.ts';
import type { ViewItem } from './views/viewItem.ts';
import { VulnerabilityDiagnostics } from './views/vulnerabilityDiagnostics.ts';

/** What other extensions, and our tests, may ask. */
export interface SlipwayApi {
  /** The Patterns view as it would be drawn now. */
  patterns(): Promise<readonly ViewItem[]>;
  /** The Pipeline view as it would be drawn now. */
  pipeline(): Promise<readonly ViewItem[]>;
  /** What stands under a node of the Cluster view, opened as a click opens it; the contexts without an id. */
  cluster(id?: string): Promise<readonly ClusterNode[]>;
}

/** Builds and wires everything. Decisions are made elsewhere. */
export async function activate(context: ExtensionContext): Promise<SlipwayApi> {
  const log = window.createOutputChannel('Slipway', { log: true });
  const server = new SlipwayServer({
    program: context.asAbsolutePath('dist/languageServer.js'),
    log,
    yields: otherExtensions,
    isTrusted: () => workspace.isTrusted,
    commands: COMMANDS.map(({ id }) => id),
    faultsAreFatal: context.extensionMode === ExtensionMode.Test,
    pageOf: pageUri,
  });
  const target = new ClusterTarget(context.workspaceState);
  const reviews = new ReviewDocuments();
  const failures = new FailureDiagnostics();
  const charts = new RenderedCharts({
    server,
    log,
    isTrusted: () => workspace.isTrusted,
    rendersOnSave: slipwaySettings.rendersChartsOnSave,
    valuesFilesOf: (chart) => context.workspaceState.get<readonly string[]>(valuesKey(chart), []),
  });
  const canaries = new RunningCanaries({
    memory: context.workspaceState,
    log,
    kubeconfigs: () => target.files,
    isTrusted: () => workspace.isTrusted,
  });
  const pictures = new PatternPictures({
    folder: Uri.joinPath(context.extensionUri, 'dist'),
    read: (pattern) => server.pictures(pattern),
    log: (message) => log.warn(message),
  });
  const reports = new ReportDocuments();
  const vulnerabilities = new VulnerabilityDiagnostics();
  const plans = new TerraformPlans();
  const pages = new PageDocuments(async (id) => (await server.explain(id))?.markdown);
  const status = new StatusBar('slipway.chooseContext');
  const drawPatterns = async (): Promise<readonly ViewItem[]> => patternTree(await server.patterns());
  const drawPipeline = async (): Promise<readonly ViewItem[]> => pipelineTree(await server.pipeline());
  const patterns = new ServerTree(drawPatterns);
  const pipeline = new ServerTree(drawPipeline);

  let protectedPatterns = slipwaySettings.protectedContexts();
  const forwards = new PortForwards(() => cluster.model.changed());
  const logs = new OpenLogs(systemClock);
  const objectPages = new ObjectPages();
  const manifestStates = new ManifestStates();
  const liveObjects = new LiveObjects((object, edit) => approveEdit({ server, reviews }, object, edit));
  const drift: WorkspaceDrift = new WorkspaceDrift({
    memory: context.workspaceState,
    changed: () => cluster.model.changed(),
    isTrusted: () => workspace.isTrusted,
  });
  const cluster: ClusterView = new ClusterView({
    clock: systemClock,
    connect: (name) => new KubernetesApi({ context: name, files: target.files, trusted: workspace.isTrusted }),
    contexts: () => (workspace.isTrusted ? target.contexts().contexts : []),
    typedNamespaces: (name) => target.typedNamespaces(name),
    target: () => target.chosen,
    isProtected: (name) => protectingPattern(name, protectedPatterns) !== undefined,
    forwards: () => forwards.list(),
    drift: (name) => (target.chosen?.context === name ? drift.state(target.chosen) : undefined),
    fault: (error) => log.error(`Cluster view: ${String(error)}`),
  });
  const readProtectedPatterns = async (): Promise<void> => {
    protectedPatterns = await protectingPatterns(server);
    cluster.model.changed();
  };
  const kubeConfigs = new KubeConfigWatch(
    () => target.files,
    () => cluster.model.retry(),
  );

  const clusterSchemas = new ClusterSchemas({
    wanted: () => (workspace.isTrusted && slipwaySettings.clusterSchemas() ? target.chosen?.context : undefined),
    read: (context, signal) =>
      readClusterOpenApi({ context, files: target.files, trusted: workspace.isTrusted }, signal),
    tell: (context, documents) => server.tellClusterSchemas(context, documents),
    log: (message) => log.info(message),
  });
  const readClusterSchemas = (): void => logged(clusterSchemas.refresh());

  const providerSchemas = new ProviderSchemas({
    folders: async () =>
      workspace.isTrusted && slipwaySettings.installedProviders()
        ? (await workspace.findFiles('**/.terraform.lock.hcl', '**/.terraform/**', 50)).map((lock) => {
            const folder = Uri.joinPath(lock, '..');
            return { uri: folder.toString(), path: folder.fsPath };
          })
        : [],
    read: (folder, signal) =>
      installedProviderSchemas(
        {
          folder,
          cache: Uri.joinPath(context.globalStorageUri, 'provider-schemas').fsPath,
          command: 'terraform',
          environment: process.env,
        },
        signal,
      ),
    tell: (folder, file) => server.tellProviderSchemas(folder, file),
    log: (message) => log.info(message),
  });
  const readProviderSchemas = (): void => logged(providerSchemas.refresh());
  const lockFiles = workspace.createFileSystemWatcher('**/.terraform.lock.hcl');

  let running: string | undefined;
  const drawStatus = (): void =>
    status.draw({
      target: target.chosen,
      cluster: target.state,
      isTrusted: workspace.isTrusted,
      findings: slipwaySettings.showFindings() ? findingCounts() : undefined,
      running,
    });
  const drawViews = (): void => {
    patterns.refresh();
    pipeline.refresh();
    drawStatus();
    logged(readProtectedPatterns());
  };
  const commandContext: CommandContext = {
    server,
    target,
    log,
    cluster: cluster.model,
    forwards,
    logs,
    drift,
    liveObjects,
    pages: objectPages,
    manifestStates,
    reviews,
    failures,
    charts,
    pictures,
    canaries,
    reports,
    vulnerabilities,
    plans,
    memory: context.workspaceState,
    isTrusted: () => workspace.isTrusted,
    refresh: () => {
      drawViews();
      cluster.model.retry();
    },
    showRunning: (what) => {
      running = what;
      drawStatus();
    },
  };

  let yields = JSON.stringify(otherExtensions());
  const restartWhereOthersChanged = async (): Promise<void> => {
    const now = JSON.stringify(otherExtensions());
    if (now === yields) return;
    yields = now;
    await server.restart();
    await clusterSchemas.again();
    await providerSchemas.again();
  };
  const logged = (work: Promise<void>): void => void work.catch((error: unknown) => log.error(String(error)));

  context.subscriptions.push(
    log,
    target,
    reviews,
    failures,
    charts,
    canaries,
    reports,
    vulnerabilities,
    plans,
    pages,
    status,
    patterns,
    pipeline,
    forwards,
    logs,
    objectPages,
    manifestStates,
    workspace.onDidSaveTextDocument(({ uri }) => {
      manifestStates.forget(uri);
      drift.saved(uri);
    }),
    liveObjects,
    cluster,
    kubeConfigs,
    window.registerTreeDataProvider('slipway.patterns', patterns),
    window.registerTreeDataProvider('slipway.pipeline', pipeline),
    ...COMMANDS.map((command) => registerCommand(command, commandContext)),
    assistantTools(server),
    pictures,
    server.onDidChange(() => logged(pictures.refresh())),
    server.onDidChange(drawViews),
    target.onDidChange(drawStatus),
    target.onDidChange(() => cluster.model.changed()),
    workspace.onDidGrantWorkspaceTrust(() => cluster.model.retry()),
    target.onDidChange(readClusterSchemas),
    clusterSchemas,
    providerSchemas,
    lockFiles,
    lockFiles.onDidCreate(readProviderSchemas),
    lockFiles.onDidChange(readProviderSchemas),
    languages.onDidChangeDiagnostics(drawStatus),
    workspace.onDidGrantWorkspaceTrust(drawViews),
    workspace.onDidGrantWorkspaceTrust(readClusterSchemas),
    workspace.onDidGrantWorkspaceTrust(readProviderSchemas),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('slipway')) drawStatus();
      if (event.affectsConfiguration('slipway.cluster')) {
        readClusterSchemas();
        kubeConfigs.follow();
      }
      if (event.affectsConfiguration('slipway.terraform')) readProviderSchemas();
      if (event.affectsConfiguration('slipway.features')) logged(restartWhereOthersChanged());
    }),
    extensions.onDidChange(() => logged(restartWhereOthersChanged())),
    server,
  );
  drawStatus();
  await server.start();
  readClusterSchemas();
  readProviderSchemas();
  await commands.executeCommand('setContext', 'slipway.isReady', true);
  return {
    patterns: drawPatterns,
    pipeline: drawPipeline,
    cluster: async (id) => (id === undefined ? cluster.model.roots() : cluster.model.open(id)),
  };
}
