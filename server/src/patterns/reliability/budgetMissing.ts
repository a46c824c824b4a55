import { defineRule } from '../../rules/contract.ts';
import { isNodeAgent } from '../../rules/parts/nodeAgents.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';
import { budgetsOf, isSingle, mayHaveBudget, PROTECTED_TYPES } from './disruptionBudget.ts';

/** When nodes are replaced, all pods of a workload may be evicted at once. */
export const rule = defineRule({
  id: 'reliability/budget-missing',
  severity: 'warning',
  profile: 'strict',
  types: PROTECTED_TYPES,
  equivalents: [
    'kube-score:deployment-has-poddisruptionbudget',
    'kube-score:statefulset-has-poddisruptionbudget',
    'polaris:missingPodDisruptionBudget',
    'kics:deployment_without_pod_disruption_budget',
    'kics:statefulset_without_pod_disruption_budget',
    'kyverno:require-pdb',
    'popeye:206',
  ],
  *check(resource, graph) {
    const workload = workloadOf(resource)!;
    const name = resource.root.find('metadata', 'name');
    // With a single pod there is nothing that could be spared.
    if (!name || isSingle(workload, graph) || isNodeAgent(workload)) return;
    if (!workload.template?.find('spec') || workload.template.open || workload.podLabels?.open) return;
    if (budgetsOf(resource, graph).length > 0 || mayHaveBudget(resource, graph)) return;
    yield {
      at: name,
      message: `No PodDisruptionBudget keeps some pods of ${describe(resource)} running while nodes are drained.`,
    };
  },
});
