import { stringify } from 'yaml';
import type { Certificates } from '../controlPlane/certificates.ts';
import { mirroredRegistries } from '../engine/pushImage.ts';
import { nodeNetwork } from './nodeNetwork.ts';

/** Where containerd keeps and finds its things. */
export interface ContainerdPaths {
  readonly root: string;
  readonly socket: string;
  readonly cniConfiguration: string;
  readonly cniPlugins: string;
  readonly registryHosts: string;
}

/** The image of the process that holds a pod's namespaces; it is in the registry before the first pod. */
export const pauseImage = `127.0.0.1:${nodeNetwork.registryPort}/pause:1`;

/** The text of containerd's configuration, in the form of its major version: 1 (tried) or 2 and newer. */
export function containerdConfiguration(majorVersion: number, paths: ContainerdPaths): string {
  const common = `root = "${paths.root}"\nstate = "/run/containerd"\n[grpc]\n  address = "${paths.socket}"\n`;
  const runc = (plugin: string) => `[plugins."${plugin}".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
  [plugins."${plugin}".containerd.runtimes.runc.options]
    SystemdCgroup = false
`;
  if (majorVersion >= 2) {
    return `version = 3
${common}[plugins."io.containerd.cri.v1.images"]
  snapshotter = "overlayfs"
[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = "${pauseImage}"
[plugins."io.containerd.cri.v1.images".registry]
  config_path = "${paths.registryHosts}"
[plugins."io.containerd.cri.v1.runtime"]
  disable_apparmor = true
  restrict_oom_score_adj = true
[plugins."io.containerd.cri.v1.runtime".cni]
  bin_dirs = ["${paths.cniPlugins}"]
  conf_dir = "${paths.cniConfiguration}"
${runc('io.containerd.cri.v1.runtime')}[plugins."io.containerd.grpc.v1.cri"]
  stream_server_address = "127.0.0.1"
`;
  }
  return `version = 2
${common}[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${pauseImage}"
  disable_apparmor = true
  # Without this, runc fails where the machine forbids to lower a process' out-of-memory score.
  restrict_oom_score_adj = true
  stream_server_address = "127.0.0.1"
[plugins."io.containerd.grpc.v1.cri".cni]
  bin_dir = "${paths.cniPlugins}"
  conf_dir = "${paths.cniConfiguration}"
[plugins."io.containerd.grpc.v1.cri".registry]
  config_path = "${paths.registryHosts}"
[plugins."io.containerd.grpc.v1.cri".containerd]
  snapshotter = "overlayfs"
${runc('io.containerd.grpc.v1.cri')}`;
}

/** For each registry name, the text of the hosts.toml that sends containerd to the test registry. */
export function registryHostFiles(): Map<string, string> {
  const registry = `http://127.0.0.1:${nodeNetwork.registryPort}`;
  const file = (host: string, more = '') =>
    `server = "${host}"\n[host."${host}"]\n  capabilities = ["pull", "resolve"]\n${more}`;
  return new Map([
    [`127.0.0.1:${nodeNetwork.registryPort}`, file(registry)],
    [`${nodeNetwork.address}:${nodeNetwork.registryPort}`, file(registry)],
    ['docker.io', file(registry)],
    ...mirroredRegistries.map(
      (name) => [name, file(`${registry}/v2/${name}`, '  override_path = true\n')] as [string, string],
    ),
  ]);
}

/** The text of the pods' network: a bridge in the node, with addresses from the node's range. */
export function cniConfiguration(): string {
  return JSON.stringify({
    cniVersion: '0.4.0',
    name: 'pods',
    plugins: [
      {
        type: 'bridge',
        bridge: 'cni0',
        isGateway: true,
        ipMasq: true,
        hairpinMode: true,
        ipam: {
          type: 'host-local',
          dataDir: '/run/cni',
          ranges: [[{ subnet: nodeNetwork.pods }]],
          routes: [{ dst: '0.0.0.0/0' }],
        },
      },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  });
}

/** The text of the kubelet's configuration. It evicts nothing for a full disk, which is the machine's, not the test's. */
export function kubeletConfiguration(certificates: Certificates, containerdSocket: string, resolvConf: string): string {
  return stringify({
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: nodeNetwork.address,
    port: 10250,
    readOnlyPort: 0,
    healthzPort: 0,
    authentication: {
      x509: { clientCAFile: certificates.authority },
      anonymous: { enabled: false },
      webhook: { enabled: true },
    },
    authorization: { mode: 'Webhook' },
    tlsCertFile: certificates.of.kubeletServing.certificate,
    tlsPrivateKeyFile: certificates.of.kubeletServing.key,
    containerRuntimeEndpoint: `unix://${containerdSocket}`,
    cgroupDriver: 'cgroupfs',
    failCgroupV1: false,
    failSwapOn: false,
    registerNode: true,
    resolvConf,
    clusterDNS: [nodeNetwork.dns],
    clusterDomain: 'cluster.local',
    serializeImagePulls: false,
    imageGCHighThresholdPercent: 100,
    evictionHard: {
      'memory.available': '50Mi',
      'nodefs.available': '0%',
      'nodefs.inodesFree': '0%',
      'imagefs.available': '0%',
      'imagefs.inodesFree': '0%',
    },
    syncFrequency: '10s',
    nodeStatusUpdateFrequency: '5s',
  });
}
