import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { ROUTE_TYPES } from './gatewayRoutes.ts';

/** A route whose Gateway does not exist never receives a request. */
export const rule = defineRule({
  id: 'network/gateway-unknown',
  severity: 'error',
  profile: 'recommended',
  types: ROUTE_TYPES,
  equivalents: ['kubevious:gateway-ref', 'kiali:KIA1401'],
  *check(resource, graph) {
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'attached-to')) {
      if (target.status !== 'missing') continue;
      const namespace = writtenAt.parent?.text('namespace') ?? resource.namespace;
      yield {
        at: writtenAt,
        message: `There is no Gateway ${writtenAt.text()}${namespace ? ` in namespace ${namespace}` : ''} for ${describe(resource)}.`,
        ...(target.certain ? {} : { strict: true }),
      };
    }
  },
});
