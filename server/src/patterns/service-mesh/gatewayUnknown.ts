import { defineRule } from '../../rules/contract.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';

/** A route attached to a gateway that does not exist never receives a request. */
export const rule = defineRule({
  id: 'service-mesh/gateway-unknown',
  severity: 'error',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE],
  equivalents: ['istioctl:IST0101', 'kiali:KIA1102', 'kubevious:virtual-service-to-gateway-ref'],
  *check(resource, graph) {
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'attached-to')) {
      if (target.status !== 'missing') continue;
      yield {
        at: writtenAt,
        message: `There is no Gateway ${writtenAt.text()}${resource.namespace && !writtenAt.text()?.includes('/') ? ` in namespace ${resource.namespace}` : ''}.`,
        ...(target.certain ? {} : { strict: true }),
      };
    }
  },
});
