import { defineRule } from '../../rules/contract.ts';
import { describe, describeOther } from '../../workspace/resource.ts';

/** Only a headless Service gives each pod a name of its own. */
export const rule = defineRule({
  id: 'reliability/governing-service-not-headless',
  severity: 'warning',
  profile: 'strict',
  types: ['apps/StatefulSet'],
  equivalents: ['kube-score:statefulset-has-servicename'],
  *check(resource, graph) {
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'governed-by')) {
      if (target.status !== 'found') continue;
      const { root } = target.resource;
      const address = root.find('spec', 'clusterIP');
      if (address ? (address.text() ?? 'None') === 'None' : !root.lacks('spec', 'clusterIP')) continue;
      yield {
        at: writtenAt,
        message: `${describeOther(target.resource)} is not headless, so the pods of ${describe(resource)} have no names of their own.`,
        related: [
          { at: address ?? root.find('metadata', 'name') ?? root, message: 'A headless Service sets clusterIP: None.' },
        ],
      };
    }
  },
});
