import { destinationHosts } from '../istio/destinations.ts';
import { resolveHost } from '../istio/hosts.ts';
import type { EdgeFinder } from '../resourceGraph.ts';

/** VirtualService destinations and DestinationRule hosts → the Service or ServiceEntry that answers to the host. */
export const routeDestination: EdgeFinder = {
  relation: 'routes-to',
  from: ['networking.istio.io/VirtualService', 'networking.istio.io/DestinationRule'],
  *find(source, graph) {
    for (const writtenAt of destinationHosts(source)) {
      const to = ['Service', 'networking.istio.io/ServiceEntry'];
      yield { relation: 'routes-to', source, writtenAt, to, target: resolveHost(writtenAt, source, graph) };
    }
  },
};
