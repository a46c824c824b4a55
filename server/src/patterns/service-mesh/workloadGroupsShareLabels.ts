import { defineRule } from '../../rules/contract.ts';
import { describeOther } from '../../workspace/resource.ts';

/** The labels say to which Service a machine belongs; two groups with the same ones are one to everybody else. */
export const rule = defineRule({
  id: 'service-mesh/workload-groups-share-labels',
  severity: 'information',
  profile: 'strict',
  types: ['networking.istio.io/WorkloadGroup'],
  equivalents: ['kiali:KIA1702'],
  *check(group, graph) {
    const labels = group.root.find('spec', 'metadata', 'labels');
    if (!labels?.known || labels.entries.length === 0) return;
    const own = identity(labels.value);
    for (const other of graph.near(group, group.type)) {
      const twin = other.root.find('spec', 'metadata', 'labels');
      if (other === group || other.namespace !== group.namespace || !twin?.known || identity(twin.value) !== own)
        continue;
      yield {
        at: labels.keyPlace,
        message: `${describeOther(other)} gives its machines the same labels.`,
        related: [{ at: twin.keyPlace, message: `The labels of ${describeOther(other)}.` }],
      };
    }
  },
});

function identity(labels: unknown): string {
  return JSON.stringify(Object.entries(labels as object).sort());
}
