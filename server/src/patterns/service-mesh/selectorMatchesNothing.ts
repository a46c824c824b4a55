import { defineRule } from '../../rules/contract.ts';
import { describesPods } from '../../rules/parts/podMakers.ts';
import { describeOther } from '../../workspace/resource.ts';
import { isPickedElsewhere } from './pickedElsewhere.ts';
import { policySelector, ROOT_NAMESPACE, selectedWorkloads } from './policyScope.ts';

/** A policy that picks no pod protects, or configures, nothing. */
export const rule = defineRule({
  id: 'service-mesh/selector-matches-nothing',
  severity: 'warning',
  profile: 'recommended',
  types: [
    'security.istio.io/AuthorizationPolicy',
    'security.istio.io/RequestAuthentication',
    'security.istio.io/PeerAuthentication',
    'telemetry.istio.io/Telemetry',
    'extensions.istio.io/WasmPlugin',
    'networking.istio.io/Sidecar',
    'networking.istio.io/EnvoyFilter',
  ],
  equivalents: ['istioctl:IST0127', 'istioctl:IST0166', 'kiali:KIA0004', 'kiali:KIA1006'],
  *check(policy, graph) {
    const selector = policySelector(policy);
    if (selector?.kind !== 'map' || selector.entries.length === 0) return;
    const { workloads, certain } = selectedWorkloads(policy, graph);
    if (workloads.length > 0 || !certain || isPickedElsewhere(policy, selector, graph)) return;
    const labels = selector.entries.map((entry) => `${entry.key}: ${entry.text() ?? ''}`).join(', ');
    // Only where the pods of the namespace are described here is one that is missing here missing there.
    const isKnownPlace =
      policy.namespace !== undefined && policy.namespace !== ROOT_NAMESPACE && describesPods(policy, graph);
    yield {
      at: selector.keyPlace,
      message: `${describeOther(policy)} has no effect: no pod${policy.namespace === undefined ? '' : ` in namespace ${policy.namespace}`} has the labels ${labels}.`,
      ...(isKnownPlace ? {} : { strict: true }),
    };
  },
});
