import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { describe, describeOther, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { GATEWAY } from '../network/gatewayRoutes.ts';
import { ISTIO_GATEWAY } from '../service-mesh/ingressGateways.ts';

/** What is sent in the clear, everyone on the way reads and changes: passwords and tokens as well. */
export const rule = defineRule({
  id: 'api-gateway/served-without-tls',
  severity: 'warning',
  // Where a load balancer before the gateway ends TLS, no file says so.
  profile: 'strict',
  types: [ISTIO_GATEWAY, GATEWAY],
  *check(resource, graph) {
    const isIstio = resource.type === ISTIO_GATEWAY;
    const doors = resource.root.find('spec', isIstio ? 'servers' : 'listeners')?.items ?? [];
    for (const door of doors) {
      const protocol = isIstio ? door.find('port', 'protocol') : door.find('protocol');
      if (!protocol || !/^HTTP2?$/.test(protocol.text() ?? '')) continue;
      if (isIstio && !isPlain(door)) continue;
      const route = graph
        .edgesTo(resource, 'attached-to')
        .find(
          ({ source, writtenAt }) => sends(source, writtenAt, door, isIstio, graph) && admits(resource, door, source),
        );
      if (!route) continue;
      yield {
        at: protocol,
        message: `${describe(resource)} serves ${describeOther(route.source)} without TLS on port ${(isIstio ? door.text('port', 'number') : door.text('port')) ?? ''}.`,
        related: [{ at: route.writtenAt, message: `${describeOther(route.source)} is attached here.` }],
      };
    }
  },
});

/** The route sends requests of this door to a Service; one that only redirects does not. */
function sends(
  route: Resource,
  writtenAt: SourceNode,
  door: SourceNode,
  isIstio: boolean,
  graph: ResourceGraph,
): boolean {
  const section = writtenAt.parent?.text('sectionName');
  if (!isIstio && section !== undefined && section !== door.text('name')) return false;
  if (graph.edgesFrom(route, 'routes-to').length === 0) return false;
  if (!isIstio) return true;
  const hosts = (door.find('hosts')?.items ?? []).map((host) => host.text()?.split('/').at(-1) ?? '');
  const own = (route.root.find('spec', 'hosts')?.items ?? []).map((host) => host.text() ?? '');
  return hosts.some((host) => host === '*' || own.includes(host) || own.includes('*'));
}

/** The server certainly does not send its callers on to HTTPS. */
function isPlain(server: SourceNode): boolean {
  return (
    server.lacks('tls') || server.lacks('tls', 'httpsRedirect') || server.boolean('tls', 'httpsRedirect') === false
  );
}

/** A listener takes the routes of its own namespace alone, unless it says otherwise; labels may admit any other. */
function admits(gateway: Resource, door: SourceNode, route: Resource): boolean {
  if (gateway.type === ISTIO_GATEWAY) return true;
  const from = door.find('allowedRoutes', 'namespaces', 'from');
  return from?.text() === 'All' || (from?.text() !== 'Selector' && route.namespace === gateway.namespace);
}
