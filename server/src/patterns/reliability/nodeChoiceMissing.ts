import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS } from '../../rules/parts/containers.ts';
import { demandOf } from '../../rules/parts/policies.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';
import { choiceIsOpen, chosenLabels } from './nodeChoice.ts';

/** Where nodes are of several kinds, each workload says which it wants: `policies.pods.requiredNodeLabels`. */
export const rule = defineRule({
  id: 'reliability/node-choice-missing',
  severity: 'warning',
  profile: 'recommended',
  types: CONTAINER_OWNERS,
  equivalents: ['kube-linter:no-node-affinity', 'kyverno:restrict-node-selection'],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'pods');
    const required = demand?.policy.requiredNodeLabels ?? [];
    const podSpec = workloadOf(resource)?.podSpec;
    if (!demand || required.length === 0 || podSpec?.kind !== 'map' || choiceIsOpen(resource)) return;
    const chosen = new Set(chosenLabels(resource).map(({ key }) => key));
    for (const key of required) {
      if (chosen.has(key)) continue;
      yield {
        at: (podSpec.find('nodeSelector') ?? podSpec).keyPlace,
        message: `${describe(resource)} does not choose its nodes by the label ${key}.`,
        ...demand.because('requiredNodeLabels'),
      };
    }
  },
});
