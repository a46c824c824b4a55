import { defineRule, type RelatedPlace } from '../../rules/contract.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';
import { holdsForNamespace, policySelector, selectedWorkloads } from './policyScope.ts';

/** Of two such objects for one pod, one is followed: the oldest, or any. */
export const rule = defineRule({
  id: 'service-mesh/scopes-overlap',
  severity: 'warning',
  profile: 'recommended',
  types: ['networking.istio.io/Sidecar', 'security.istio.io/PeerAuthentication', 'telemetry.istio.io/Telemetry'],
  equivalents: [
    'istioctl:IST0110',
    'istioctl:IST0111',
    'istioctl:IST0159',
    'istioctl:IST0160',
    'kiali:KIA0002',
    'kiali:KIA0003',
  ],
  *check(policy, graph) {
    if (policy.name === undefined) return;
    const name = policy.root.find('metadata', 'name') ?? policy.root;
    for (const other of graph.near(policy, policy.type)) {
      if (other === policy || other.name === undefined || other.namespace !== policy.namespace) continue;
      if (policy.namespace === undefined) continue;
      const related: RelatedPlace[] = [
        { at: other.root.find('metadata', 'name') ?? other.root, message: `The other ${other.kind}.` },
      ];
      if (holdsForNamespace(policy) && holdsForNamespace(other)) {
        yield {
          at: name,
          message: `${describeOther(other)} is for the whole namespace ${policy.namespace} too, and only one of them counts.`,
          related,
        };
        continue;
      }
      const selector = policySelector(policy);
      if (!selector || !policySelector(other)) continue;
      const shared = sharedPods(policy, other);
      if (!shared) continue;
      yield {
        at: selector.keyPlace,
        message: `${describeOther(other)} selects the pods of ${describeOther(shared)} too, and only one of them counts.`,
        related,
      };
    }

    function sharedPods(a: Resource, b: Resource): Resource | undefined {
      const own = new Set(selectedWorkloads(a, graph).workloads);
      return selectedWorkloads(b, graph).workloads.find((workload) => own.has(workload))?.resource;
    }
  },
});
