import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { matchesHost, resolveHost, serviceHost } from '../../workspace/istio/hosts.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';
import type { Lookup, ResourceGraph } from '../../workspace/resourceGraph.ts';

/** A gateway only accepts the hosts that its servers list; others never reach the route. */
export const rule = defineRule({
  id: 'service-mesh/host-not-in-gateway',
  severity: 'error',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE],
  equivalents: ['istioctl:IST0132'],
  *check(resource, graph) {
    const gateways = graph
      .edgesFrom(resource, 'attached-to')
      .map(({ writtenAt, target }) => ({ writtenAt, lists: acceptedHosts(target) }));
    // A gateway that cannot be read may accept any host.
    const lists = gateways.flatMap((gateway) => gateway.lists ?? []);
    if (gateways.length === 0 || gateways.some((gateway) => !gateway.lists)) return;
    const isForMesh = resource.root.find('spec', 'gateways')?.items.some((item) => item.text() === 'mesh') === true;
    const patterns = [...new Set(lists.flatMap(({ hosts }) => hosts.items.map(({ scalar }) => bare(String(scalar)))))];
    for (const host of resource.root.find('spec', 'hosts')?.items ?? []) {
      const name = host.text();
      if (name === undefined) continue;
      if (patterns.some((pattern) => matchesHost(pattern, name) || matchesHost(name, pattern))) continue;
      // A host for the mesh may stand beside one for the gateway. A Service is one; another name may be as well.
      if (isForMesh && !isOutside(host, resource, graph)) continue;
      const names = gateways.map(({ writtenAt }) => writtenAt.text());
      yield {
        at: host,
        message:
          names.length === 1
            ? `Gateway ${names[0]} does not accept the host ${name}, only ${patterns.join(', ')}.`
            : `None of the Gateways ${names.join(', ')} accepts the host ${name}, only ${patterns.join(', ')}.`,
        ...(isForMesh ? { strict: true } : {}),
        related: lists.map(({ hosts, gateway }) => ({
          at: hosts,
          message: `The hosts of ${describeOther(gateway)}.`,
        })),
      };
    }
  },
});

/** The lists of hosts that the servers of a gateway write; undefined where one is unknown. */
function acceptedHosts(target: Lookup): { hosts: SourceNode; gateway: Resource }[] | undefined {
  if (target.status !== 'found') return undefined;
  const servers = target.resource.root.find('spec', 'servers');
  if (!servers || servers.open) return undefined;
  const lists = servers.items.map((server) => server.find('hosts'));
  if (!lists.every((list): list is SourceNode => list?.known === true)) return undefined;
  return lists.map((hosts) => ({ hosts, gateway: target.resource }));
}

/** `namespace/host` limits who may attach; `./` and `*` before the slash likewise. */
function bare(host: string): string {
  return host.slice(host.indexOf('/') + 1);
}

/** A full name that is neither a Service's nor known to the mesh by a ServiceEntry. */
function isOutside(host: SourceNode, resource: Resource, graph: ResourceGraph): boolean {
  const name = host.text() ?? '';
  return name.includes('.') && !serviceHost(name, resource) && resolveHost(host, resource, graph).status === 'missing';
}
