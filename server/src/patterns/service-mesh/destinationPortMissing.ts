import { defineRule } from '../../rules/contract.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { routeDestinations } from '../../workspace/istio/destinations.ts';
import { resolveHost } from '../../workspace/istio/hosts.ts';
import { describeOther } from '../../workspace/resource.ts';
import { calledPorts } from './servicePorts.ts';

/** Behind a gateway, a host with several ports leaves open which one is meant; the route is then not programmed. */
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
      if (target.status !== 'found') continue;
      const ports = calledPorts(target.resource);
      if (!ports || ports.list.open || ports.list.items.length < 2) continue;
      yield {
        at: host,
        message: `${describeOther(target.resource)} has ${ports.list.items.length} ports, and this destination names none of them.`,
        related: [{ at: ports.list.keyPlace, message: `The ports of ${describeOther(target.resource)}.` }],
      };
    }
  },
});
