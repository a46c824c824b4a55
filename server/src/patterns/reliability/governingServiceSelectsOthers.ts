import { defineRule } from '../../rules/contract.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe, describeOther } from '../../workspace/resource.ts';
import { matchesLabels } from '../../workspace/selection.ts';

/** DNS only has the names of those pods that the governing Service selects. */
export const rule = defineRule({
  id: 'reliability/governing-service-selects-others',
  severity: 'warning',
  profile: 'recommended',
  types: ['apps/StatefulSet'],
  equivalents: ['kube-score:statefulset-has-servicename'],
  *check(resource, graph) {
    const { template, podLabels } = workloadOf(resource)!;
    if (!template || template.open || (!podLabels && !template.lacks('metadata', 'labels'))) return;
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'governed-by')) {
      if (target.status !== 'found') continue;
      const selector = target.resource.root.find('spec', 'selector');
      // Without a selector somebody else writes the addresses.
      if (selector?.kind !== 'map' || selector.entries.length === 0) continue;
      if (matchesLabels(selector, podLabels) !== false) continue;
      yield {
        at: writtenAt,
        message: `${describeOther(target.resource)} does not select the pods of ${describe(resource)}, so they have no names in DNS.`,
        related: [{ at: selector.keyPlace, message: `What ${describeOther(target.resource)} selects.` }],
      };
    }
  },
});
