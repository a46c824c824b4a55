import { ANY_OBJECT, defineRule } from '../../rules/contract.ts';
import { demandOf } from '../../rules/parts/policies.ts';
import { forbiddenKeys } from './keyPolicies.ts';

/** Annotations that switch off what the organisation relies on: `policies.annotations.forbidden` of slipway.yaml. */
export const rule = defineRule({
  id: 'naming/annotation-forbidden',
  severity: 'warning',
  profile: 'recommended',
  types: [ANY_OBJECT],
  equivalents: [
    'kube-linter:template-forbidden-annotation',
    'kyverno:restrict-annotations',
    'kyverno:allowed-annotations',
  ],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'annotations');
    if (!demand) return;
    for (const finding of forbiddenKeys(resource, 'annotations', demand.policy))
      yield { ...finding, ...demand.because(demand.policy.forbidden ? 'forbidden' : 'allowed') };
  },
});
