import { defineRule } from '../../rules/contract.ts';
import { matchesHost } from '../../workspace/istio/hosts.ts';
import { describeOther } from '../../workspace/resource.ts';

/** A route is attached to a listener only for hosts that both of them name. */
export const rule = defineRule({
  id: 'service-mesh/route-host-not-served',
  severity: 'error',
  profile: 'recommended',
  types: ['HTTPRoute', 'GRPCRoute', 'TLSRoute'].map((kind) => `gateway.networking.k8s.io/${kind}`),
  equivalents: ['kiali:KIA1504'],
  *check(resource, graph) {
    const hostnames = resource.root.find('spec', 'hostnames');
    if (!hostnames?.known || hostnames.items.length === 0) return;
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'attached-to')) {
      if (target.status !== 'found') continue;
      const gateway = target.resource;
      const list = gateway.root.find('spec', 'listeners');
      const section = writtenAt.parent?.find('sectionName');
      if (!list || list.open || (section && section.text() === undefined)) continue;
      const listeners = list.items.filter((listener) => !section || listener.text('name') === section.text());
      const served = listeners.flatMap((listener) => listener.text('hostname') ?? []);
      // A listener without a host serves every one.
      if (listeners.length === 0 || served.length < listeners.length) continue;
      for (const hostname of hostnames.items) {
        const name = hostname.text();
        if (name === undefined || served.some((host) => matchesHost(host, name) || matchesHost(name, host))) continue;
        yield {
          at: hostname,
          message: `${describeOther(gateway)} does not serve the host ${name}${section ? ` at its listener ${section.text()}` : ''}, only ${[...new Set(served)].join(', ')}.`,
          related: [{ at: listeners[0]!.find('hostname')!, message: 'The host of the listener.' }],
        };
      }
    }
  },
});
