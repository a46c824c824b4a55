import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ControlPlane, isNodeReady, realNode } from '../controlPlane/controlPlane.ts';
import { kubeconfigText } from '../controlPlane/kubeconfig.ts';
import { type Engine, startEngineDaemons } from '../engine/engineDaemons.ts';
import { pushImage } from '../engine/pushImage.ts';
import { executableContent } from '../engine/standInImage.ts';
import { startDaemon } from '../processes/daemon.ts';
import { findProgram } from '../processes/findProgram.ts';
import { takeMachineLock } from '../processes/machineLock.ts';
import { createNamespaces, type Namespaces } from '../processes/namespaces.ts';
import { runProgram } from '../processes/runProgram.ts';
import { createStateFolder, type StateFolder } from '../processes/stateFolder.ts';
import { until } from '../processes/until.ts';
import type { ReportProgress } from '../tools/buildGoProgram.ts';
import { cniFolder } from '../tools/systemPackages.ts';
import { engineTools, ensureTools, nodeTools, reportOnStandardError, toolPath } from '../tools/tools.ts';
import { checkNode } from './checkNode.ts';
import { cniConfiguration, containerdConfiguration, kubeletConfiguration, registryHostFiles } from './nodeFiles.ts';
import { nodeNetwork } from './nodeNetwork.ts';

/** A real node of a control plane, with an engine to build what it runs. */
export interface RealNode {
  /** The node's name in Kubernetes. A pod is put on it by `nodeSelector: { kubernetes.io/hostname: real-1 }`. */
  readonly name: string;
  readonly stateFolder: string;
  readonly dockerHost: string;
  /**
   * One registry, two addresses. Images are named and pushed by the engine under `inNode`, and pods pull them so;
   * programs that run outside of the node reach it under `fromHost`, which the node understands as well.
   */
  readonly registry: { readonly inNode: string; readonly fromHost: string };
  /** The node's engine in the form of the engine tier. */
  readonly engine: Engine;
  /** Ends everything, removes the node from the cluster, and leaves nothing. */
  stop(): Promise<void>;
}

export interface NodeOptions {
  readonly onProgress?: ReportProgress;
  /** How long to wait for another run's node to end; 2 minutes unless told. */
  readonly waitMilliseconds?: number;
}

/**
 * Starts a real node in namespaces of its own and waits until it is Ready, about four seconds.
 * Pod and Service addresses are reachable from this machine meanwhile. Needs root; see {@link checkNode}.
 */
export async function startNode(controlPlane: ControlPlane, options: NodeOptions = {}): Promise<RealNode> {
  const obstacle = await checkNode();
  if (obstacle !== undefined) throw new Error(`The real node can't run here: ${obstacle}.`);
  const onProgress = options.onProgress ?? reportOnStandardError;
  await ensureTools([...nodeTools, ...engineTools], { onProgress });
  const lock = await takeMachineLock('the real Kubernetes node', {
    waitMilliseconds: options.waitMilliseconds ?? 120_000,
    onWait: onProgress,
  });
  const undo: (() => Promise<void>)[] = [() => lock.release()];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return await start(controlPlane, undo, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  controlPlane: ControlPlane,
  undo: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<RealNode> {
  const state = createStateFolder('node');
  undo.push(() => state.remove());
  const namespaces = await createNamespaces({
    id: state.path.slice(state.path.lastIndexOf('/') + 1),
    state,
    ownNetwork: true,
    hostname: realNode.name,
    prepare: nodePreparation(state),
  });
  undo.push(() => namespaces.stop());
  await linkToHost(namespaces, state);
  const forwarder = await forwardApiServer(controlPlane, state);
  undo.push(() => forwarder.stop({ signal: 'SIGKILL' }));

  const inNode = `127.0.0.1:${nodeNetwork.registryPort}`;
  const fromHost = `${nodeNetwork.address}:${nodeNetwork.registryPort}`;
  const containerdSocket = await startContainerd(namespaces, state);
  const engine = await startEngineDaemons({
    state,
    namespaces,
    buildxBuilder: 'slipway-node',
    registryListens: `:${nodeNetwork.registryPort}`,
    registryAddresses: [inNode, fromHost],
    registryFromHost: fromHost,
    network: ['--bip=10.90.0.1/24'],
  });
  await pushImage(fromHost, { repository: 'pause', tag: '1' }, await executableContent(toolPath('pause'), 'pause'));
  await startKubelet(controlPlane, namespaces, state, containerdSocket);
  undo.push(() => forgetNode(controlPlane));
  await applyApiServerEndpoint(controlPlane);
  await until('the node is Ready', 60_000, () => {
    namespaces.assertAllRun();
    return isNodeReady(controlPlane.admin, realNode.name);
  });
  return {
    name: realNode.name,
    stateFolder: state.path,
    dockerHost: engine.dockerHost,
    registry: { inNode, fromHost },
    engine,
    stop,
  };
}

/** What the first process in the node does: mounts that hide this machine from the daemons, and the loopback link. */
function nodePreparation(state: StateFolder): string[] {
  const folder = (name: string) => {
    mkdirSync(join(state.path, name), { recursive: true });
    return join(state.path, name);
  };
  const resolvConf = join(state.path, 'resolv.conf');
  writeFileSync(resolvConf, `nameserver ${nodeNetwork.dns}\n`);
  // The kubelet sets these for the whole machine, unless they already read as it wants them to.
  const settings = {
    'vm/overcommit_memory': 1,
    'vm/panic_on_oom': 0,
    'kernel/panic': 10,
    'kernel/panic_on_oops': 1,
    'kernel/keys/root_maxkeys': 1_000_000,
    'kernel/keys/root_maxbytes': 25_000_000,
  };
  const settingsFolder = folder('settings');
  const hideSettings = Object.entries(settings).map(([name, value]) => {
    const file = join(settingsFolder, name.replaceAll('/', '_'));
    writeFileSync(file, `${value}\n`);
    return `mount --bind '${file}' /proc/sys/${name}`;
  });
  return [
    'mkdir -p /run/cni /var/lib/kubelet',
    `mount --bind '${folder('varlog')}' /var/log`,
    `mount --bind '${folder('kubelet')}' /var/lib/kubelet`,
    `mount --bind '${resolvConf}' /etc/resolv.conf`,
    ...hideSettings,
    'ip link set lo up',
    'echo 1 > /proc/sys/net/ipv4/ip_forward',
  ];
}

/**
 * Joins the node to this machine by a pair of links, and routes pods and Services over it. The node has no other
 * way out: what asks for the internet is refused at once. Link and routes vanish with the node's network.
 */
async function linkToHost(namespaces: Namespaces, state: StateFolder): Promise<void> {
  const { link, hostAddress, address, pods, services } = nodeNetwork;
  state.undoLater(['ip', 'link', 'del', link]);
  // A node that was killed a moment ago may still be going.
  await until(`the link ${link} of an earlier node is gone`, 10_000, () => !existsSync(`/sys/class/net/${link}`));
  const inNode = `nsenter --target ${namespaces.firstProcess} --net`;
  const lines = [
    `ip link add ${link} type veth peer name eth0 netns ${namespaces.firstProcess}`,
    `ip address add ${hostAddress}/24 dev ${link}`,
    `ip link set ${link} up`,
    `${inNode} ip address add ${address}/24 dev eth0`,
    `${inNode} ip link set eth0 up`,
    `ip route add ${pods} via ${address} dev ${link}`,
    `ip route add ${services} via ${address} dev ${link}`,
    // Pods of one node talk over its bridge; without this a Service's answer between them goes past kube-proxy.
    `${inNode} sh -c 'echo 1 > /proc/sys/net/bridge/bridge-nf-call-iptables' 2>/dev/null || true`,
  ];
  await runProgram('sh', ['-e'], { input: lines.join('\n') });
}

/** The API server listens on 127.0.0.1 alone; this lets the node reach it on this machine's end of the link. */
async function forwardApiServer(controlPlane: ControlPlane, state: StateFolder) {
  const listen = `TCP-LISTEN:${controlPlane.apiPort},bind=${nodeNetwork.hostAddress},fork,reuseaddr`;
  return startDaemon({
    name: 'forward-api-server',
    command: ['socat', listen, `TCP:127.0.0.1:${controlPlane.apiPort}`],
    logFolder: state.logs,
  });
}

async function startContainerd(namespaces: Namespaces, state: StateFolder): Promise<string> {
  const file = (name: string) => join(state.path, name);
  const write = (name: string, text: string) => {
    mkdirSync(dirname(file(name)), { recursive: true });
    writeFileSync(file(name), text);
  };
  const paths = {
    root: file('containerd'),
    socket: file('containerd.sock'),
    cniConfiguration: file('cni'),
    cniPlugins: cniFolder()!,
    registryHosts: file('registryHosts'),
  };
  for (const [registry, text] of registryHostFiles()) write(`registryHosts/${registry}/hosts.toml`, text);
  write('cni/10-pods.conflist', cniConfiguration());
  const version = await runProgram('containerd', ['--version']);
  const majorVersion = Number(/ v?(\d+)\./.exec(version)?.[1] ?? '1');
  write('containerd.toml', containerdConfiguration(majorVersion, paths));
  await namespaces.start('containerd', [findProgram('containerd')!, '--config', file('containerd.toml')]);
  await until('containerd listens', 30_000, () => {
    namespaces.assertAllRun();
    return existsSync(paths.socket);
  });
  return paths.socket;
}

async function startKubelet(
  controlPlane: ControlPlane,
  namespaces: Namespaces,
  state: StateFolder,
  containerdSocket: string,
): Promise<void> {
  const { certificates, apiPort } = controlPlane;
  const server = `https://${nodeNetwork.hostAddress}:${apiPort}`;
  const kubeconfig = (user: string, identity: 'kubelet' | 'kubeProxy') => {
    const path = join(state.path, `${user}.kubeconfig`);
    const credentials = certificates.of[identity];
    writeFileSync(path, kubeconfigText({ user, server, authority: certificates.authority, credentials }));
    return path;
  };
  const configuration = join(state.path, 'kubelet.yaml');
  const resolvConf = join(state.path, 'resolv.conf');
  writeFileSync(configuration, kubeletConfiguration(certificates, containerdSocket, resolvConf));
  await namespaces.start('kubelet', [
    toolPath('kubelet'),
    `--config=${configuration}`,
    `--kubeconfig=${kubeconfig('kubelet', 'kubelet')}`,
    `--hostname-override=${realNode.name}`,
    `--node-ip=${nodeNetwork.address}`,
    '--root-dir=/var/lib/kubelet',
    '--v=2',
  ]);
  await namespaces.start('kube-proxy', [
    toolPath('kube-proxy'),
    `--kubeconfig=${kubeconfig('kube-proxy', 'kubeProxy')}`,
    `--hostname-override=${realNode.name}`,
    '--proxy-mode=iptables',
    `--cluster-cidr=${nodeNetwork.pods}`,
    `--bind-address=${nodeNetwork.address}`,
    '--healthz-bind-address=127.0.0.1:10256',
    '--metrics-bind-address=127.0.0.1:10249',
    // These are settings of the whole machine, which are not the node's to change.
    '--conntrack-max-per-core=0',
    '--conntrack-tcp-timeout-established=0',
    '--conntrack-tcp-timeout-close-wait=0',
  ]);
}

/** The kubernetes Service leads to this machine's end of the link, since the API server does not announce itself. */
async function applyApiServerEndpoint(controlPlane: ControlPlane): Promise<void> {
  await controlPlane.admin.apply('/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes', {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: 'kubernetes',
      namespace: 'default',
      labels: { 'kubernetes.io/service-name': 'kubernetes' },
    },
    addressType: 'IPv4',
    ports: [{ name: 'https', port: controlPlane.apiPort, protocol: 'TCP' }],
    endpoints: [{ addresses: [nodeNetwork.hostAddress], conditions: { ready: true } }],
  });
}

/** Removes the Node object, so that its pods do not wait for it; a control plane that is already down needs none of it. */
async function forgetNode(controlPlane: ControlPlane): Promise<void> {
  try {
    await controlPlane.admin.send('DELETE', `/api/v1/nodes/${realNode.name}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw error;
  }
}
