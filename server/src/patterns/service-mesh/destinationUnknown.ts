import { defineRule } from '../../rules/contract.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { serviceHost } from '../../workspace/istio/hosts.ts';

/** Requests for a host that is in no registry are answered 503. */
export const rule = defineRule({
  id: 'service-mesh/destination-unknown',
  severity: 'error',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE],
  equivalents: ['istioctl:IST0101', 'kiali:KIA1101'],
  *check(resource, graph) {
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'routes-to')) {
      if (target.status !== 'missing') continue;
      const host = writtenAt.text()!;
      const namespace = serviceHost(host, resource)?.namespace;
      yield {
        at: writtenAt,
        message: `No Service or ServiceEntry answers to ${host}${namespace ? ` in namespace ${namespace}` : ''}.`,
        ...(target.certain ? {} : { strict: true }),
      };
    }
  },
});
