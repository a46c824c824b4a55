import type { Workload } from '../../workspace/kubernetes/workload.ts';
import type { Finding } from '../contract.ts';

/** Namespaces that hold nothing but the cluster's own machinery. */
const SYSTEM_NAMESPACE =
  /^(?:kube-system|kube-node-lease|kube-flannel|calico-system|tigera-operator|cilium(?:-.*)?|metallb-system|longhorn-system|rook-ceph|gpu-operator|istio-system|linkerd-cni|falco|openebs|node-feature-discovery|csi-.*|.*-csi|.*-csi-driver)$/;

const SYSTEM_PRIORITIES = ['system-node-critical', 'system-cluster-critical'];

/**
 * Agents of the node and parts of the cluster itself (network and storage drivers, log collectors, monitors): what they
 * do needs the host, and nobody would take it from them in a review.
 */
export function isNodeAgent({ resource, podSpec }: Workload): boolean {
  if (resource.type === 'apps/DaemonSet') return true;
  if (resource.namespace !== undefined && SYSTEM_NAMESPACE.test(resource.namespace)) return true;
  return SYSTEM_PRIORITIES.includes(podSpec?.text('priorityClassName') ?? '');
}

/** What a finding about the use of the host gets for such a workload: it is an aside, and only the strict profile says it. */
export function leniency(workload: Workload): Pick<Finding, 'strict' | 'severity'> {
  return isNodeAgent(workload) ? { strict: true, severity: 'information' } : {};
}
