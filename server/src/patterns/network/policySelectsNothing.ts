import { defineRule } from '../../rules/contract.ts';
import { describesPods, isSelectedElsewhere, mayHaveOtherPods } from '../../rules/parts/podMakers.ts';
import { describe } from '../../workspace/resource.ts';
import { heldPods, NETWORK_POLICY } from './networkPolicies.ts';

/** A policy whose selector matches no pod protects none, and the pods that it was meant for are open. */
export const rule = defineRule({
  id: 'network/policy-selects-nothing',
  severity: 'warning',
  profile: 'recommended',
  types: [NETWORK_POLICY],
  equivalents: [
    'kube-linter:dangling-networkpolicy',
    'kube-score:networkpolicy-targets-pod',
    'kics:network_policy_is_not_targeting_any_pod',
    'kubescape:dangling-networkpolicy',
    'kubevious:network-policy-pod-selector-ref',
    'popeye:1200',
  ],
  *check(resource, graph) {
    const selector = resource.root.find('spec', 'podSelector');
    if (selector?.kind !== 'map' || selector.entries.length === 0) return;
    const { workloads, certain } = heldPods(resource, graph);
    if (workloads.length > 0 || !certain || mayHaveOtherPods(resource, graph)) return;
    // A Gateway's pods are made by its controller.
    if (selector.find('matchLabels', 'gateway.networking.k8s.io/gateway-name')) return;
    const elsewhere = isSelectedElsewhere(resource, selector, graph);
    if (elsewhere) return;
    yield {
      at: selector.keyPlace,
      message: `${describe(resource)} protects no pod: no workload${resource.namespace ? ` in ${resource.namespace}` : ''} carries the labels that it selects.`,
      ...(elsewhere === false && describesPods(resource, graph) ? {} : { strict: true }),
    };
  },
});
