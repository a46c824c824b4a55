import { defineRule } from '../../rules/contract.ts';
import { exportsMeet } from '../../workspace/istio/exports.ts';
import { describeOther } from '../../workspace/resource.ts';

/** One host and port has one protocol; of two, one is taken for both. */
export const rule = defineRule({
  id: 'service-mesh/service-entry-protocol-conflict',
  severity: 'warning',
  profile: 'recommended',
  types: ['networking.istio.io/ServiceEntry'],
  equivalents: ['istioctl:IST0177', 'kiali:KIA1212'],
  *check(entry, graph) {
    if (entry.name === undefined) return;
    const hosts = entry.root.find('spec', 'hosts')?.items.flatMap((host) => host.text() ?? []) ?? [];
    for (const other of graph.near(entry, entry.type)) {
      if (other === entry || other.name === undefined || !exportsMeet(entry, other)) continue;
      const shared = other.root.find('spec', 'hosts')?.items.find((host) => hosts.includes(host.text() ?? ''));
      if (!shared) continue;
      for (const port of entry.root.find('spec', 'ports')?.items ?? []) {
        const protocol = port.find('protocol');
        const twin = other.root
          .find('spec', 'ports')
          ?.items.find((item) => item.number('number') !== undefined && item.number('number') === port.number('number'))
          ?.find('protocol');
        const [own, rival] = [protocol?.text()?.toUpperCase(), twin?.text()?.toUpperCase()];
        if (!protocol || !twin || own === undefined || rival === undefined || own === rival) continue;
        yield {
          at: protocol,
          message: `${describeOther(other)} says that port ${port.number('number')} of ${shared.text()} speaks ${rival}, not ${own}.`,
          related: [{ at: twin, message: `The protocol in ${describeOther(other)}.` }],
          // Two namespaces of one folder may be two environments.
          ...(entry.namespace === other.namespace ? {} : { strict: true }),
        };
      }
    }
  },
});
