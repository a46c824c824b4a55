import { ANY_OBJECT, defineRule } from '../../rules/contract.ts';
import { demandOf } from '../../rules/parts/policies.ts';
import { forbiddenKeys } from './keyPolicies.ts';

/** Labels that select what they should not: `policies.labels.forbidden` of slipway.yaml. */
export const rule = defineRule({
  id: 'naming/label-forbidden',
  severity: 'warning',
  profile: 'recommended',
  types: [ANY_OBJECT],
  equivalents: [],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'labels');
    if (!demand) return;
    for (const finding of forbiddenKeys(resource, 'labels', demand.policy))
      yield { ...finding, ...demand.because(demand.policy.forbidden ? 'forbidden' : 'allowed') };
  },
});
