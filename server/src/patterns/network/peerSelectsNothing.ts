import { defineRule } from '../../rules/contract.ts';
import { isSelectedElsewhere, mayHaveOtherPods } from '../../rules/parts/podMakers.ts';
import { podsBySelector } from '../../workspace/kubernetes/podSelection.ts';
import { SERVING_TYPES } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';
import { NETWORK_POLICY, namespaceOfPeer, peersOf } from './networkPolicies.ts';

/** A peer whose selector matches no pod lets nobody in: the one that it was meant for is refused. */
export const rule = defineRule({
  id: 'network/peer-selects-nothing',
  severity: 'warning',
  profile: 'recommended',
  types: [NETWORK_POLICY],
  equivalents: ['kube-linter:dangling-networkpolicypeer-podselector', 'popeye:1201', 'popeye:1202'],
  *check(resource, graph) {
    for (const { peer, direction } of peersOf(resource)) {
      const selector = peer.find('podSelector');
      if (selector?.kind !== 'map' || selector.entries.length === 0) continue;
      const namespace = namespaceOfPeer(peer, resource);
      if (namespace === undefined && !peer.lacks('namespaceSelector')) continue;
      const { workloads, certain } = podsBySelector(resource, selector, graph, namespace);
      if (workloads.length > 0 || !certain) continue;
      // Pods of a namespace that the workspace does not describe may be there all the same.
      const isDescribed = graph
        .sameNamespace(resource, SERVING_TYPES, namespace)
        .some((other) => other.namespace === namespace);
      if (!isDescribed || mayHaveOtherPods(resource, graph, namespace)) continue;
      const elsewhere = isSelectedElsewhere(resource, selector, graph, namespace);
      if (elsewhere) continue;
      yield {
        at: selector.keyPlace,
        message: `${describe(resource)} lets ${direction === 'ingress' ? 'nobody in' : 'nothing out'} here: no workload${namespace ? ` in ${namespace}` : ''} carries these labels.`,
        ...(elsewhere === false ? {} : { strict: true, severity: 'information' as const }),
      };
    }
  },
});
