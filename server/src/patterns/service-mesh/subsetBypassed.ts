import { defineRule } from '../../rules/contract.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { routeDestinations } from '../../workspace/istio/destinations.ts';
import { sameHost } from '../../workspace/istio/hosts.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';

/** A gateway follows its own route only; the split among subsets that callers in the mesh get is not made for it. */
export const rule = defineRule({
  id: 'service-mesh/subset-bypassed',
  severity: 'information',
  profile: 'strict',
  types: [VIRTUAL_SERVICE],
  equivalents: ['istioctl:IST0140'],
  *check(resource, graph) {
    const gateways = resource.root.find('spec', 'gateways');
    if (!gateways?.items.some((gateway) => gateway.text() !== undefined && gateway.text() !== 'mesh')) return;
    const others = graph.near(resource, VIRTUAL_SERVICE).filter((other) => other !== resource);
    for (const { destination, weighted } of routeDestinations(resource)) {
      const host = destination.find('host');
      if (!weighted || host?.text() === undefined || !destination.lacks('subset')) continue;
      const splitting = others.find((other) => splits(other, host.text()!, resource));
      if (!splitting) continue;
      yield {
        at: host,
        message: `Requests from the gateway go to every pod of ${host.text()}: the subsets that ${describeOther(splitting)} chooses are for callers in the mesh.`,
        related: [
          { at: splitting.root.find('metadata', 'name') ?? splitting.root, message: 'Here subsets are chosen.' },
        ],
      };
    }
  },
});

/** The VirtualService is for this host and sends its requests to subsets of it. */
function splits(other: Resource, host: string, from: Resource): boolean {
  const isFor = other.root.find('spec', 'hosts')?.items.some((item) => sameHost(item.text() ?? '', other, host, from));
  if (!isFor) return false;
  return [...routeDestinations(other)].some(
    ({ destination }) =>
      destination.text('subset') !== undefined && sameHost(destination.text('host') ?? '', other, host, from),
  );
}
