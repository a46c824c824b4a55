import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** The names of a StatefulSet's pods come from its governing Service, which must exist. */
export const rule = defineRule({
  id: 'reliability/governing-service-unknown',
  severity: 'warning',
  profile: 'recommended',
  types: ['apps/StatefulSet'],
  equivalents: ['kube-score:statefulset-has-servicename'],
  *check(resource, graph) {
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'governed-by')) {
      if (target.status !== 'missing') continue;
      yield {
        at: writtenAt,
        message: `There is no Service ${writtenAt.text()}${resource.namespace ? ` in namespace ${resource.namespace}` : ''}, so the pods of ${describe(resource)} have no names in DNS.`,
        ...(target.certain ? {} : { strict: true }),
      };
    }
  },
});
