import { defineRule } from '../../../rules/contract.ts';
import { resolveHost } from '../../../workspace/istio/hosts.ts';
import { describe, describeOther } from '../../../workspace/resource.ts';
import { hasWaypoint, isAmbientNamespace } from './waypoints.ts';

/** A waypoint follows the routes and policies of the Service's own namespace; those of the callers are not read. */
export const rule = defineRule({
  id: 'service-mesh/outside-service-namespace',
  severity: 'warning',
  profile: 'recommended',
  types: ['networking.istio.io/VirtualService', 'networking.istio.io/DestinationRule'],
  equivalents: ['kiali:KIA0212', 'kiali:KIA1114'],
  *check(resource, graph) {
    const { root } = resource;
    const gateways = root.find('spec', 'gateways');
    if (gateways && !gateways.items.some((item) => item.text() === 'mesh')) return;
    for (const host of root.find('spec', 'hosts')?.items ?? [root.find('spec', 'host')]) {
      const target = host && resolveHost(host, resource, graph);
      if (!host || target?.status !== 'found') continue;
      const { resource: service } = target;
      if (resource.namespace === undefined || service.namespace === undefined) continue;
      if (service.namespace === resource.namespace || !isAmbientNamespace(service, graph)) continue;
      if (hasWaypoint(service, graph) !== true) continue;
      yield {
        at: host,
        message: `${describe(resource)} of namespace ${resource.namespace} has no effect on ${describeOther(service)}: its waypoint reads what stands in namespace ${service.namespace}.`,
      };
    }
  },
});
