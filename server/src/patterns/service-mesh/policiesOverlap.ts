import { defineRule } from '../../rules/contract.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import { exportsMeet } from '../../workspace/istio/exports.ts';
import { sameHost } from '../../workspace/istio/hosts.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';

/** Istio merges the DestinationRules of one host, but keeps the first of two policies and of two subsets of one name. */
export const rule = defineRule({
  id: 'service-mesh/policies-overlap',
  severity: 'warning',
  profile: 'recommended',
  types: [DESTINATION_RULE],
  equivalents: ['kiali:KIA0201'],
  *check(resource, graph) {
    const host = resource.root.text('spec', 'host');
    if (host === undefined || resource.name === undefined || !isForAll(resource)) return;
    for (const other of graph.near(resource, DESTINATION_RULE)) {
      const otherHost = other.root.text('spec', 'host');
      if (other === resource || other.name === undefined || otherHost === undefined || !isForAll(other)) continue;
      if (!exportsMeet(resource, other)) continue;
      if (resource.namespace !== other.namespace || !sameHost(host, resource, otherHost, other)) continue;
      const [policy, twin] = [resource, other].map(({ root }) => root.find('spec', 'trafficPolicy'));
      if (policy && twin) {
        yield {
          at: policy.keyPlace,
          message: `${describeOther(other)} has a traffic policy for ${host} too, and only one of them counts.`,
          related: [{ at: twin.keyPlace, message: `The policy of ${describeOther(other)}.` }],
        };
      }
      for (const subset of resource.root.find('spec', 'subsets')?.items ?? []) {
        const name = subset.find('name');
        const same = other.root.find('spec', 'subsets')?.items.find((item) => item.text('name') === name?.text());
        if (name?.text() === undefined || !same) continue;
        yield {
          at: name,
          message: `${describeOther(other)} defines the subset ${name.text()} of ${host} too, and only one of them counts.`,
          related: [{ at: same.find('name')!, message: `The subset in ${describeOther(other)}.` }],
        };
      }
    }
  },
});

/** Rules for the callers that one selects need not meet. */
function isForAll({ root }: Resource): boolean {
  return root.lacks('spec', 'workloadSelector');
}
