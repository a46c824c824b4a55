import { defineRule } from '../../rules/contract.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { routeDestinations } from '../../workspace/istio/destinations.ts';
import { resolveHost } from '../../workspace/istio/hosts.ts';
import { describeOther } from '../../workspace/resource.ts';

/** Behind a gateway, a Service with several ports leaves open which one is meant; the route is then not programmed. */
export const rule = defineRule({
  id: 'service-mesh/destination-port-missing',
  severity: 'error',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE],
  equivalents: ['istioctl:IST0112'],
  *check(resource, graph) {
    for (const { destination } of routeDestinations(resource)) {
      const host = destination.find('host');
      if (!host || !destination.lacks('port')) continue;
      const target = resolveHost(host, resource, graph);
      if (target.status !== 'found' || target.resource.type !== 'Service') continue;
      const ports = target.resource.root.find('spec', 'ports');
      if (!ports || ports.open || ports.items.length < 2) continue;
      yield {
        at: host,
        message: `${describeOther(target.resource)} has ${ports.items.length} ports, and this destination names none of them.`,
        related: [{ at: ports.keyPlace, message: `The ports of ${describeOther(target.resource)}.` }],
      };
    }
  },
});
