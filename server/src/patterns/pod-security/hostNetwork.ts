import { defineRule } from '../../rules/contract.ts';
import { POD_OWNERS } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';

/** In the node's network a pod meets services that listen for the node alone, and no NetworkPolicy holds it. */
export const rule = defineRule({
  id: 'pod-security/host-network',
  severity: 'warning',
  profile: 'strict',
  types: POD_OWNERS,
  equivalents: [
    'kube-linter:host-network',
    'polaris:hostNetworkSet',
    'checkov:CKV_K8S_19',
    'trivy:KSV-0009',
    'kics:shared_host_network_namespace',
    'gatekeeper:host-network-ports',
    'kyverno:disallow-host-namespaces',
    'kubescape:host-network-access',
  ],
  *check(resource) {
    const workload = workloadOf(resource)!;
    const node = workload.podSpec?.find('hostNetwork');
    if (node?.boolean() !== true) return;
    yield {
      at: node,
      message: `${describe(resource)} is in the network of its node, where no NetworkPolicy holds it.`,
      ...leniency(workload),
    };
  },
});
