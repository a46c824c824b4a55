import { defineRule } from '../../rules/contract.ts';
import { replicasOf, workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';
import { autoscalersOf } from '../hpa/autoscaler.ts';
import { PROTECTED_TYPES } from './disruptionBudget.ts';

const OF_ANY = ['kube-linter:minimum-three-replicas', 'gatekeeper:replicalimits', 'kubevious:replica-count-check'];
const OF_DEPLOYMENTS = [
  'kube-score:deployment-replicas',
  'polaris:deploymentMissingReplicas',
  'kyverno:deployment-has-multiple-replicas',
];

/** While the only pod moves to another node, nobody answers. */
export const rule = defineRule({
  id: 'reliability/single-replica',
  severity: 'information',
  profile: 'strict',
  types: PROTECTED_TYPES,
  equivalents: [...OF_ANY, ...OF_DEPLOYMENTS],
  *check(resource, graph) {
    const spec = resource.root.find('spec');
    if (!spec || replicasOf(workloadOf(resource)!) !== 1 || autoscalersOf(resource, graph).length > 0) return;
    yield {
      at: spec.find('replicas') ?? resource.root.find('metadata', 'name') ?? spec.keyPlace,
      message: `${describe(resource)} has a single pod, and nobody answers while it moves.`,
      equivalents: resource.type === 'apps/Deployment' ? [...OF_ANY, ...OF_DEPLOYMENTS] : OF_ANY,
    };
  },
});
