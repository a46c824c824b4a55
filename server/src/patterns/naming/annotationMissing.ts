import { ANY_OBJECT, defineRule } from '../../rules/contract.ts';
import { demandOf } from '../../rules/parts/policies.ts';
import { missingKeys } from './keyPolicies.ts';

/** Tools and people read what annotations tell them: `policies.annotations.required` of slipway.yaml. */
export const rule = defineRule({
  id: 'naming/annotation-missing',
  severity: 'warning',
  profile: 'recommended',
  types: [ANY_OBJECT],
  equivalents: [
    'gatekeeper:requiredannotations',
    'kyverno:require-annotations',
    'kube-linter:required-annotation-email',
    'kube-linter:statefulset-volumeclaimtemplate-annotation',
    'kube-linter:template-statefulset-volumeclaimtemplate-annotation',
  ],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'annotations');
    if (!demand) return;
    for (const finding of missingKeys(resource, graph, 'annotations', demand.policy))
      yield { ...finding, ...demand.because('required') };
  },
});
