import { ANY_OBJECT, defineRule } from '../../rules/contract.ts';
import { demandOf } from '../../rules/parts/policies.ts';
import { missingKeys } from './keyPolicies.ts';

/** Bills, alerts and reports find their owners by labels: `policies.labels.required` of slipway.yaml. */
export const rule = defineRule({
  id: 'naming/label-missing',
  severity: 'warning',
  profile: 'recommended',
  types: [ANY_OBJECT],
  equivalents: [
    'gatekeeper:requiredlabels',
    'kyverno:require-labels',
    'kyverno:require-kubecost-labels',
    'kyverno:kasten-data-protection-by-label',
    'kyverno:kasten-validate-ns-by-preset-label',
    'kube-linter:required-label-owner',
    'kubescape:k8s-common-labels-usage',
    'kubescape:label-usage-for-resources',
    'kyverno:metadata-match-regex',
  ],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'labels');
    if (!demand) return;
    for (const finding of missingKeys(resource, graph, 'labels', demand.policy))
      yield { ...finding, ...demand.because('required') };
  },
});
