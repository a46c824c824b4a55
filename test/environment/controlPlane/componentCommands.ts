import { toolPath } from '../tools/tools.ts';
import type { Certificates } from './certificates.ts';

/** The ports of one control plane, all on 127.0.0.1. */
export interface ControlPlanePorts {
  readonly apiServer: number;
  readonly etcd: number;
  readonly etcdPeer: number;
  readonly kwok: number;
  readonly metricsServer: number;
}

type Command = readonly [string, ...string[]];

/** etcd, which here need not survive a power failure. */
export function etcdCommand(ports: ControlPlanePorts, dataFolder: string): Command {
  const clients = `http://127.0.0.1:${ports.etcd}`;
  const peers = `http://127.0.0.1:${ports.etcdPeer}`;
  return [
    toolPath('etcd'),
    '--name=slipway',
    `--data-dir=${dataFolder}`,
    `--listen-client-urls=${clients}`,
    `--advertise-client-urls=${clients}`,
    `--listen-peer-urls=${peers}`,
    `--initial-advertise-peer-urls=${peers}`,
    `--initial-cluster=slipway=${peers}`,
    '--unsafe-no-fsync',
  ];
}

/** The API server, with certificates, tokens from a file, RBAC, and the aggregation layer for metrics-server. */
export function apiServerCommand(ports: ControlPlanePorts, certificates: Certificates, tokenFile: string): Command {
  const { of } = certificates;
  return [
    toolPath('kube-apiserver'),
    `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${ports.apiServer}`,
    // 127.0.0.1 may not be an endpoint; the real node writes the endpoint of the kubernetes Service.
    '--endpoint-reconciler-type=none',
    `--tls-cert-file=${of.apiServer.certificate}`,
    `--tls-private-key-file=${of.apiServer.key}`,
    `--client-ca-file=${certificates.authority}`,
    `--token-auth-file=${tokenFile}`,
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${certificates.serviceAccountPublicKey}`,
    `--service-account-signing-key-file=${certificates.serviceAccountKey}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    '--allow-privileged=true',
    `--kubelet-client-certificate=${of.kubeletClient.certificate}`,
    `--kubelet-client-key=${of.kubeletClient.key}`,
    `--kubelet-certificate-authority=${certificates.authority}`,
    '--kubelet-preferred-address-types=InternalIP',
    `--requestheader-client-ca-file=${certificates.authority}`,
    '--requestheader-allowed-names=front-proxy-client',
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-username-headers=X-Remote-User',
    `--proxy-client-cert-file=${of.frontProxy.certificate}`,
    `--proxy-client-key-file=${of.frontProxy.key}`,
  ];
}

/** The controllers, allowed to ask the API server often enough that nothing in a test waits for them. */
export function controllerManagerCommand(kubeconfig: string, certificates: Certificates): Command {
  return [
    toolPath('kube-controller-manager'),
    `--kubeconfig=${kubeconfig}`,
    '--bind-address=127.0.0.1',
    '--secure-port=0',
    '--leader-elect=false',
    '--use-service-account-credentials=true',
    `--service-account-private-key-file=${certificates.serviceAccountKey}`,
    `--root-ca-file=${certificates.authority}`,
    '--kube-api-qps=300',
    '--kube-api-burst=400',
  ];
}

/** The scheduler. */
export function schedulerCommand(kubeconfig: string): Command {
  return [
    toolPath('kube-scheduler'),
    `--kubeconfig=${kubeconfig}`,
    '--bind-address=127.0.0.1',
    '--secure-port=0',
    '--leader-elect=false',
  ];
}

/** kwok, confined to the nodes that carry its label, so that it never plays the real one. */
export function kwokCommand(
  ports: ControlPlanePorts,
  certificates: Certificates,
  kubeconfig: string,
  configuration: string,
): Command {
  return [
    toolPath('kwok'),
    `--kubeconfig=${kubeconfig}`,
    `--config=${configuration}`,
    '--manage-all-nodes=false',
    '--manage-nodes-with-label-selector=type=kwok',
    '--cidr=10.244.128.1/17',
    '--node-ip=127.0.0.1',
    `--node-port=${ports.kwok}`,
    `--server-address=127.0.0.1:${ports.kwok}`,
    `--tls-cert-file=${certificates.of.apiServer.certificate}`,
    `--tls-private-key-file=${certificates.of.apiServer.key}`,
    '--node-lease-duration-seconds=40',
  ];
}

/** metrics-server, which reads kwok's and the real node's kubelet. */
export function metricsServerCommand(
  ports: ControlPlanePorts,
  certificates: Certificates,
  kubeconfig: string,
): Command {
  return [
    toolPath('metrics-server'),
    '--bind-address=127.0.0.1',
    `--secure-port=${ports.metricsServer}`,
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    `--tls-cert-file=${certificates.of.apiServer.certificate}`,
    `--tls-private-key-file=${certificates.of.apiServer.key}`,
    '--kubelet-insecure-tls',
    '--kubelet-use-node-status-port',
    '--kubelet-preferred-address-types=InternalIP',
    '--metric-resolution=10s',
    '--kubelet-request-timeout=5s',
  ];
}
