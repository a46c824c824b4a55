import { defineRule } from '../../rules/contract.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';
import { isSingle, PROTECTED_TYPES } from './disruptionBudget.ts';

/** All pods may be in one zone, and go with it. */
export const rule = defineRule({
  id: 'reliability/topology-spread-missing',
  severity: 'information',
  profile: 'strict',
  types: PROTECTED_TYPES,
  equivalents: ['polaris:topologySpreadConstraint', 'kyverno:topologyspreadconstraints-policy'],
  *check(resource, graph) {
    const workload = workloadOf(resource)!;
    const { podSpec } = workload;
    if (!podSpec?.lacks('topologySpreadConstraints') || isSingle(workload, graph)) return;
    yield {
      at: podSpec.keyPlace,
      message: `Nothing spreads the pods of ${describe(resource)} over zones: there are no topologySpreadConstraints.`,
    };
  },
});
