import { defineRule } from '../../rules/contract.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';
import { isSingle, PROTECTED_TYPES } from './disruptionBudget.ts';

/** All pods may be on one node, and go with it. */
export const rule = defineRule({
  id: 'reliability/pods-not-spread',
  severity: 'information',
  profile: 'strict',
  types: PROTECTED_TYPES,
  equivalents: [
    'kube-linter:no-anti-affinity',
    'kube-score:deployment-has-host-podantiaffinity',
    'kube-score:statefulset-has-host-podantiaffinity',
    'kics:deployment_has_no_pod_anti_affinity',
    'kics:statefulset_has_no_pod_anti_affinity',
  ],
  *check(resource, graph) {
    const workload = workloadOf(resource)!;
    const { podSpec } = workload;
    if (!podSpec?.lacks('affinity', 'podAntiAffinity') || isSingle(workload, graph)) return;
    yield {
      at: podSpec.keyPlace,
      message: `No podAntiAffinity keeps the pods of ${describe(resource)} off each other's nodes.`,
    };
  },
});
