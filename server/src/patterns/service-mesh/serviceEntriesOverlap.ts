import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { exportsMeet } from '../../workspace/istio/exports.ts';
import { SERVICE_ENTRY } from '../../workspace/istio/hosts.ts';
import { describeOther } from '../../workspace/resource.ts';

/** Two entries for one host and port: the addresses of one, or of both, are used, as chance has it. */
export const rule = defineRule({
  id: 'service-mesh/service-entries-overlap',
  severity: 'information',
  profile: 'strict',
  types: [SERVICE_ENTRY],
  equivalents: ['kiali:KIA1211'],
  *check(entry, graph) {
    if (entry.name === undefined) return;
    const ports = portsOf(entry.root.find('spec', 'ports')?.items ?? []);
    for (const other of graph.near(entry, SERVICE_ENTRY)) {
      if (other === entry || other.name === undefined || !exportsMeet(entry, other)) continue;
      const port = portsOf(other.root.find('spec', 'ports')?.items ?? []).find((one) => ports.includes(one));
      if (port === undefined) continue;
      for (const host of entry.root.find('spec', 'hosts')?.items ?? []) {
        const twin = other.root.find('spec', 'hosts')?.items.find((item) => item.text() === host.text());
        if (host.text() === undefined || !twin) continue;
        yield {
          at: host,
          message: `${describeOther(other)} lists ${host.text()} with port ${port.split(' ')[0]} too.`,
          related: [{ at: twin, message: `The same host in ${describeOther(other)}.` }],
        };
      }
    }
  },
});

/** `443 TLS`: number and protocol; entries that differ in the protocol contradict each other, which is another fault. */
function portsOf(ports: readonly SourceNode[]): readonly string[] {
  return ports.flatMap((port) => {
    const [number, protocol] = [port.number('number'), port.text('protocol')];
    return number === undefined || protocol === undefined ? [] : [`${number} ${protocol.toUpperCase()}`];
  });
}
