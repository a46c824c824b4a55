import { defineRule } from '../../rules/contract.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { matchesHost } from '../../workspace/istio/hosts.ts';
import { describeOther } from '../../workspace/resource.ts';

/** A gateway only accepts the hosts that its servers list; others never reach the route. */
export const rule = defineRule({
  id: 'service-mesh/host-not-in-gateway',
  severity: 'error',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE],
  equivalents: ['istioctl:IST0132'],
  *check(resource, graph) {
    const gateways = graph.edgesFrom(resource, 'attached-to');
    const hosts = resource.root.find('spec', 'hosts')?.items ?? [];
    for (const { writtenAt, target } of gateways) {
      if (target.status !== 'found') continue;
      const gateway = target.resource;
      const served = (gateway.root.find('spec', 'servers')?.items ?? []).map((server) => server.find('hosts'));
      if (gateway.root.find('spec', 'servers')?.open || served.some((list) => !list || list.open || !list.known))
        continue;
      const patterns = served.flatMap((list) => list!.items.map((item) => withoutNamespace(item.text() ?? '')));
      for (const host of hosts) {
        const name = host.text();
        // A host for the mesh may stand beside one for the gateway.
        const isMeshHost =
          resource.root.find('spec', 'gateways')?.items.some((item) => item.text() === 'mesh') === true;
        if (name === undefined || isMeshHost) continue;
        if (patterns.some((pattern) => matchesHost(pattern, name) || matchesHost(name, pattern))) continue;
        yield {
          at: host,
          message: `Gateway ${writtenAt.text()} does not accept the host ${name}, only ${patterns.join(', ')}.`,
          related: [{ at: served[0]!, message: `The hosts of ${describeOther(gateway)}.` }],
        };
      }
    }
  },
});

/** `namespace/host` limits who may attach; `./` and `*` before the slash likewise. */
function withoutNamespace(host: string): string {
  return host.slice(host.indexOf('/') + 1);
}
