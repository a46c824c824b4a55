import { defineRule } from '../../rules/contract.ts';
import { describesPods } from '../../rules/parts/podMakers.ts';
import { describeOther } from '../../workspace/resource.ts';
import { WORKFLOW_TYPES } from '../retry/workflowRetries.ts';
import { isPickedElsewhere } from './pickedElsewhere.ts';
import { policySelector, ROOT_NAMESPACE, selectedWorkloads } from './policyScope.ts';

/** Labels of pods that the mesh and workflow controllers make by themselves. */
const OF_MADE_PODS =
  /^(?:gateway\.networking\.k8s\.io|istio\.io|workflows\.argoproj\.io|batch\.kubernetes\.io|job-name)(?:\/|$)/;

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
  equivalents: ['istioctl:IST0127', 'istioctl:IST0166', 'kiali:KIA0004', 'istioctl:IST0101'],
  *check(policy, graph) {
    const selector = policySelector(policy);
    if (selector?.kind !== 'map' || selector.entries.length === 0) return;
    if (selector.entries.some(({ key }) => key !== undefined && OF_MADE_PODS.test(key))) return;
    const { workloads, certain } = selectedWorkloads(policy, graph);
    if (workloads.length > 0 || !certain || isPickedElsewhere(policy, selector, graph)) return;
    const labels = selector.entries.map((entry) => `${entry.key}: ${entry.text() ?? ''}`).join(', ');
    // Only where the pods of the namespace are described here is one that is missing here missing there.
    const isKnownPlace =
      policy.namespace !== undefined &&
      policy.namespace !== ROOT_NAMESPACE &&
      describesPods(policy, graph) &&
      graph.near(policy, ...WORKFLOW_TYPES).every(({ namespace }) => namespace !== policy.namespace);
    yield {
      at: selector.keyPlace,
      message: `${describeOther(policy)} has no effect: no pod${policy.namespace === undefined ? '' : ` in namespace ${policy.namespace}`} has the labels ${labels}.`,
      ...(isKnownPlace ? {} : { strict: true }),
    };
  },
});
