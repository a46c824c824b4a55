import { defineRule } from '../../rules/contract.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import { describe } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { FOREIGN_POLICIES, heldPods, NETWORK_POLICY } from './networkPolicies.ts';

/** Pods that no NetworkPolicy selects may be reached by every pod of the cluster, and reach everything. */
export const rule = defineRule({
  id: 'network/workload-without-policy',
  severity: 'warning',
  profile: 'strict',
  types: WORKLOAD_TYPES,
  equivalents: [
    'kube-linter:non-isolated-pod',
    'kube-score:pod-networkpolicy',
    'polaris:missingNetworkPolicy',
    'checkov:CKV2_K8S_6',
    'kics:pod_misconfigured_network_policy',
    'kyverno:require-network-policy',
    'kubescape:ingress-and-egress-blocked',
    'kubescape:internal-networking',
    'kubescape:ensure_network_policy_configured_in_labels',
    'popeye:1204',
    'popeye:1205',
  ],
  *check(resource, graph) {
    const workload = workloadOf(resource)!;
    const at = resource.root.find('metadata', 'name');
    if (!at || !workload.podSpec || workload.podSpec.boolean('hostNetwork') === true) return;
    if (graph.near(resource, ...FOREIGN_POLICIES).length > 0) return;
    const policies = policiesByWorkload(resource, graph);
    if (policies.held.has(resource) || policies.unknown || workload.podLabels?.open) return;
    yield {
      at,
      message: `No NetworkPolicy says who may reach ${describe(resource)}, so every pod of the cluster may.`,
      ...leniency(workload),
    };
  },
});

function policiesByWorkload(
  resource: Resource,
  graph: ResourceGraph,
): { held: ReadonlySet<Resource>; unknown: boolean } {
  return graph.memo(`held-workloads ${graph.setOf(resource)}`, () => {
    const held = new Set<Resource>();
    let unknown = false;
    for (const policy of graph.near(resource, NETWORK_POLICY)) {
      const { workloads, certain } = heldPods(policy, graph);
      for (const workload of workloads) held.add(workload.resource);
      if (!certain) unknown = true;
    }
    return { held, unknown };
  });
}
