import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { ROOT_NAMESPACE } from './policyScope.ts';

/** The Sidecar of the root namespace is the default of all others; one with a selector is no default. */
export const rule = defineRule({
  id: 'service-mesh/global-sidecar-selects',
  severity: 'warning',
  profile: 'recommended',
  types: ['networking.istio.io/Sidecar'],
  equivalents: ['kiali:KIA1006'],
  *check(sidecar) {
    const selector = sidecar.root.find('spec', 'workloadSelector');
    if (sidecar.namespace !== ROOT_NAMESPACE || !selector) return;
    yield {
      at: selector.keyPlace,
      message: `${describe(sidecar)} selects pods of ${ROOT_NAMESPACE} only; without a selector it would be the default of every namespace.`,
    };
  },
});
