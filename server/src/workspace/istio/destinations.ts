import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../resource.ts';

/** One `route` entry, or the mirror of a route, that sends traffic to a destination. */
export interface RouteDestination {
  /** The `http`, `tls` or `tcp` item that it stands in. */
  readonly route: SourceNode;
  /** The node with `host`, `subset` and `port`. */
  readonly destination: SourceNode;
  /** The `route` item with `weight`; undefined for mirrors. */
  readonly weighted: SourceNode | undefined;
}

/** Every destination that a VirtualService writes, in document order. */
export function* routeDestinations(virtualService: Resource): Iterable<RouteDestination> {
  for (const protocol of ['http', 'tls', 'tcp']) {
    for (const route of virtualService.root.find('spec', protocol)?.items ?? []) {
      for (const weighted of route.find('route')?.items ?? []) {
        const destination = weighted.find('destination');
        if (destination) yield { route, destination, weighted };
      }
      const mirror = route.find('mirror');
      if (mirror) yield { route, destination: mirror, weighted: undefined };
      for (const item of route.find('mirrors')?.items ?? []) {
        const destination = item.find('destination');
        if (destination) yield { route, destination, weighted: undefined };
      }
    }
  }
}

/** The nodes that write the host of a destination, for VirtualServices and DestinationRules alike. */
export function* destinationHosts(resource: Resource): Iterable<SourceNode> {
  if (resource.type === 'networking.istio.io/DestinationRule') {
    const host = resource.root.find('spec', 'host');
    if (host) yield host;
    return;
  }
  for (const { destination } of routeDestinations(resource)) {
    const host = destination.find('host');
    if (host) yield host;
  }
}
