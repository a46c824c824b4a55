import { defineRule } from '../../rules/contract.ts';
import { VERTICAL_AUTOSCALER } from './verticalAutoscaler.ts';

/** A vertical autoscaler without a workload recommends nothing. */
export const rule = defineRule({
  id: 'vpa/target-unknown',
  severity: 'error',
  profile: 'recommended',
  types: [VERTICAL_AUTOSCALER],
  *check(resource, graph) {
    for (const { writtenAt, target, to } of graph.edgesFrom(resource, 'scales')) {
      if (target.status !== 'missing') continue;
      const kind = to[0]!.slice(to[0]!.indexOf('/') + 1);
      yield {
        at: writtenAt,
        message: `There is no ${kind} ${writtenAt.text()}${resource.namespace ? ` in namespace ${resource.namespace}` : ''} to size.`,
        ...(target.certain ? {} : { strict: true }),
      };
    }
  },
});
