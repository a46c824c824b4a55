import { defineRule } from '../../rules/contract.ts';
import { replicasOf, workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';
import { AUTOSCALER, autoscalersOf } from '../hpa/autoscaler.ts';
import { PROTECTED_TYPES } from './disruptionBudget.ts';

/** Of two pods one is left while the other is replaced, and a fault then is an outage. */
export const rule = defineRule({
  id: 'reliability/two-replicas',
  severity: 'information',
  profile: 'strict',
  types: [...PROTECTED_TYPES, AUTOSCALER],
  equivalents: ['kube-linter:minimum-three-replicas', 'kube-linter:hpa-minimum-three-replicas'],
  *check(resource, graph) {
    const isAutoscaler = resource.type === AUTOSCALER;
    const at = resource.root.find('spec', isAutoscaler ? 'minReplicas' : 'replicas');
    if (!at || (isAutoscaler ? at.number() : replicasOf(workloadOf(resource)!)) !== 2) return;
    if (!isAutoscaler && autoscalersOf(resource, graph).length > 0) return;
    yield {
      at,
      message: `${describe(resource)} ${isAutoscaler ? 'may leave' : 'has'} two pods: while one is replaced, nothing stands in for the other.`,
      equivalents: [isAutoscaler ? 'kube-linter:hpa-minimum-three-replicas' : 'kube-linter:minimum-three-replicas'],
    };
  },
});
