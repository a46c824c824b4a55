import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertRunning, type Daemon, startDaemon } from '../processes/daemon.ts';
import { freePorts } from '../processes/freePorts.ts';
import { type RunOptions, runProgram } from '../processes/runProgram.ts';
import { createStateFolder, type StateFolder } from '../processes/stateFolder.ts';
import { until } from '../processes/until.ts';
import type { ReportProgress } from '../tools/buildGoProgram.ts';
import { kubernetesVersion } from '../tools/goModules.ts';
import { controlPlaneTools, ensureTools, toolPath } from '../tools/tools.ts';
import { type AdminApi, adminApi } from './adminApi.ts';
import { type Certificates, createCertificates } from './certificates.ts';
import {
  apiServerCommand,
  type ControlPlanePorts,
  controllerManagerCommand,
  etcdCommand,
  kwokCommand,
  metricsServerCommand,
  schedulerCommand,
} from './componentCommands.ts';
import { expireHistory } from './etcdHistory.ts';
import { kubeconfigText } from './kubeconfig.ts';
import { type FakePodEndpoints, kwokConfiguration } from './kwokConfiguration.ts';
import { applyMetricsService } from './metricsService.ts';
import { fakeNode } from './nodeStages.ts';

/** The name and the addresses of the real node, which the certificates have to know from the start. */
export const realNode = { name: 'real-1', address: '10.89.0.2', hostAddress: '10.89.0.1' } as const;

/** What a control plane is started with. */
export interface ControlPlaneOptions {
  /** How many fake nodes, called `fake-1` and so on; 2 unless told, 0 for none. */
  readonly nodes?: number;
  /** Whether metrics-server runs as well. `kubectl top` answers about a minute after pods run. */
  readonly metrics?: boolean;
  readonly onProgress?: ReportProgress;
}

/** A running Kubernetes API with its controllers and scheduler, on 127.0.0.1. */
export interface ControlPlane {
  readonly stateFolder: string;
  readonly apiPort: number;
  /** Files: `admin` may do everything; `viewer` has a token, and may read namespace `default` except its Secrets. */
  readonly kubeconfig: { readonly admin: string; readonly viewer: string };
  readonly viewerToken: string;
  /** The variables that make kubectl, helm and their like speak to this cluster as admin, and keep their caches in the state folder. */
  readonly environment: Readonly<Record<string, string>>;
  readonly certificates: Certificates;
  readonly fakePods: FakePodEndpoints;
  readonly admin: AdminApi;
  /** Runs kubectl as admin (unless the arguments say otherwise) and gives its output. */
  kubectl(args: readonly string[], options?: RunOptions): Promise<string>;
  /** Ends the API server: at once with SIGKILL (connections break), or in good order with SIGTERM. */
  stopApiServer(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Starts it again on the same port, with the same state, and waits until it is ready. */
  startApiServer(): Promise<void>;
  /**
   * Compacts etcd to its present revision and restarts the API server, whose cache would go on answering otherwise.
   * After that a watch from any earlier resourceVersion gets 410 Gone.
   */
  compactEtcd(): Promise<void>;
  /** Ends every process and removes the folder. */
  stop(): Promise<void>;
}

/** Starts a control plane; ready in about six seconds. Builds what is missing first, which can take long. */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  await ensureTools(controlPlaneTools, options.onProgress === undefined ? {} : { onProgress: options.onProgress });
  const state = createStateFolder('cluster');
  const daemons: Daemon[] = [];
  const stop = async () => {
    // etcd is the last to go, because all others would wait for it.
    for (const daemon of daemons.splice(0).reverse()) await daemon.stop({ signal: 'SIGKILL' });
    await state.remove();
  };
  try {
    return await start(options, state, daemons, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  { nodes = 2, metrics = false }: ControlPlaneOptions,
  state: StateFolder,
  daemons: Daemon[],
  stop: () => Promise<void>,
): Promise<ControlPlane> {
  const ports = await choosePorts();
  const certificates = await createCertificates(join(state.path, 'pki'), realNode);
  const viewerToken = randomBytes(16).toString('hex');
  const tokenFile = join(state.path, 'pki', 'tokens.csv');
  writeFileSync(tokenFile, `${viewerToken},viewer,viewer,"viewers"\n`, { mode: 0o600 });
  const kubeconfig = writeKubeconfigs(state.path, ports.apiServer, certificates, viewerToken);
  const fakePods = createFakePodEndpoints(state.path, await freePorts(1));
  const kwokFile = join(state.path, 'kwok.yaml');
  writeFileSync(kwokFile, kwokConfiguration(fakePods, metrics));
  const admin = adminApi(ports.apiServer, certificates);

  const startComponent = async (name: string, command: readonly [string, ...string[]]): Promise<Daemon> => {
    const daemon = await startDaemon({ name, command, logFolder: state.logs });
    daemons.push(daemon);
    return daemon;
  };
  let apiServer: Daemon;
  const startApiServer = async () => {
    apiServer = await startComponent('kube-apiserver', apiServerCommand(ports, certificates, tokenFile));
    await until('the API server is ready', 180_000, () => {
      for (const daemon of daemons) assertRunning(daemon);
      return isReady(admin);
    });
  };
  const stopApiServer = async (signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL') => {
    await apiServer.stop({ signal });
    daemons.splice(daemons.indexOf(apiServer), 1);
  };

  await startComponent('etcd', etcdCommand(ports, join(state.path, 'etcd')));
  await startApiServer();
  await startComponent('kube-controller-manager', controllerManagerCommand(kubeconfig.controllerManager, certificates));
  await startComponent('kube-scheduler', schedulerCommand(kubeconfig.scheduler));
  if (nodes > 0) await startComponent('kwok', kwokCommand(ports, certificates, kubeconfig.kwok, kwokFile));
  if (metrics) {
    await startComponent('metrics-server', metricsServerCommand(ports, certificates, kubeconfig.admin));
    await applyMetricsService(admin, ports.metricsServer);
  }
  const nodeNames = Array.from({ length: nodes }, (_, index) => `fake-${index + 1}`);
  await applyBeginnings(admin, nodeNames);
  await until('the default ServiceAccount exists and the nodes are Ready', 180_000, async () => {
    for (const daemon of daemons) assertRunning(daemon);
    return (await hasDefaultServiceAccount(admin)) && (await areReady(admin, nodeNames));
  });
  const environment = programEnvironment(state.path, kubeconfig.admin);
  return {
    stateFolder: state.path,
    apiPort: ports.apiServer,
    kubeconfig,
    viewerToken,
    environment,
    certificates,
    fakePods,
    admin,
    kubectl: (args, runOptions = {}) =>
      runProgram(toolPath('kubectl'), args, {
        ...runOptions,
        environment: { ...environment, ...runOptions.environment },
      }),
    stopApiServer,
    startApiServer,
    async compactEtcd() {
      await expireHistory(ports.etcd);
      await stopApiServer();
      await startApiServer();
    },
    stop,
  };
}

async function choosePorts(): Promise<ControlPlanePorts> {
  const [apiServer, etcd, etcdPeer, kwok, metricsServer] = await freePorts(5);
  return { apiServer: apiServer!, etcd: etcd!, etcdPeer: etcdPeer!, kwok: kwok!, metricsServer: metricsServer! };
}

function writeKubeconfigs(folder: string, port: number, certificates: Certificates, viewerToken: string) {
  const { of, authority } = certificates;
  const write = (user: string, credentials: Parameters<typeof kubeconfigText>[0]['credentials']): string => {
    const path = join(folder, `${user}.kubeconfig`);
    const text = kubeconfigText({ user, server: `https://127.0.0.1:${port}`, authority, credentials });
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  return {
    admin: write('admin', of.admin),
    viewer: write('viewer', { token: viewerToken }),
    controllerManager: write('controller-manager', of.controllerManager),
    scheduler: write('scheduler', of.scheduler),
    kwok: write('kwok', of.kwok),
  };
}

function programEnvironment(folder: string, kubeconfig: string): Record<string, string> {
  return {
    KUBECONFIG: kubeconfig,
    KUBECACHEDIR: join(folder, 'kubectl-cache'),
    HELM_CACHE_HOME: join(folder, 'helm/cache'),
    HELM_CONFIG_HOME: join(folder, 'helm/config'),
    HELM_DATA_HOME: join(folder, 'helm/data'),
  };
}

function createFakePodEndpoints(folder: string, [forwardedPort]: readonly number[]): FakePodEndpoints {
  const execFolder = join(folder, 'fakePods');
  mkdirSync(execFolder);
  const logFile = join(execFolder, 'container.log');
  const previousLogFile = join(execFolder, 'container.previous.log');
  const line = (text: string) => `${new Date().toISOString()} stdout F ${text}\n`;
  writeFileSync(logFile, line('starting') + line('ready'));
  writeFileSync(previousLogFile, line('starting') + line('fatal: out of luck'));
  return { logFile, previousLogFile, execFolder, forwardedPort: forwardedPort! };
}

/** The fake nodes, and the few rights of the viewer. */
async function applyBeginnings(admin: AdminApi, nodeNames: readonly string[]): Promise<void> {
  for (const name of nodeNames) {
    const node = fakeNode(name, kubernetesVersion);
    await admin.apply(`/api/v1/nodes/${name}`, node);
    await admin.apply(`/api/v1/nodes/${name}/status`, node);
  }
  await admin.apply('/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings/viewer', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'viewer', namespace: 'default' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'viewers' }],
  });
}

async function isReady(admin: AdminApi): Promise<boolean> {
  try {
    return (await admin.send('GET', '/readyz')).status === 200;
  } catch {
    // Nobody listens yet.
    return false;
  }
}

async function hasDefaultServiceAccount(admin: AdminApi): Promise<boolean> {
  return (await admin.send('GET', '/api/v1/namespaces/default/serviceaccounts/default')).status === 200;
}

async function areReady(admin: AdminApi, names: readonly string[]): Promise<boolean> {
  for (const name of names) if (!(await isNodeReady(admin, name))) return false;
  return true;
}

/** Whether the node exists and reports that it is Ready. */
export async function isNodeReady(admin: AdminApi, name: string): Promise<boolean> {
  const { status, body } = await admin.send('GET', `/api/v1/nodes/${name}`);
  if (status !== 200) return false;
  const node = body as { status?: { conditions?: readonly { type: string; status: string }[] } };
  return node.status?.conditions?.some(({ type, status: state }) => type === 'Ready' && state === 'True') ?? false;
}
