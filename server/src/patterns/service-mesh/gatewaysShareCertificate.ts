import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { gatewayPods, ISTIO_GATEWAY } from './ingressGateways.ts';

/** A browser uses one connection for all hosts of a certificate, but each Gateway answers only for its own: 404. */
export const rule = defineRule({
  id: 'service-mesh/gateways-share-certificate',
  severity: 'information',
  profile: 'strict',
  types: [ISTIO_GATEWAY],
  equivalents: ['istioctl:IST0138'],
  *check(gateway, graph) {
    for (const server of gateway.root.find('spec', 'servers')?.items ?? []) {
      const own = certificateOf(server);
      if (!own) continue;
      for (const other of graph.near(gateway, ISTIO_GATEWAY)) {
        if (other === gateway || !areOnSameProxies(gateway, other, graph)) continue;
        const twin = (other.root.find('spec', 'servers')?.items ?? [])
          .map(certificateOf)
          .find((node) => node?.key === own.key && node?.text() === own.text());
        if (!twin) continue;
        yield {
          at: own,
          message: `${describeOther(other)} uses the certificate ${own.text()} too: a client that keeps its HTTP/2 connection gets 404 for the hosts of the other Gateway.`,
          related: [{ at: twin, message: `The same certificate in ${describeOther(other)}.` }],
        };
        break;
      }
    }
  },
});

function certificateOf(server: SourceNode): SourceNode | undefined {
  const node = server.find('tls', 'credentialName') ?? server.find('tls', 'serverCertificate');
  return node?.text() ? node : undefined;
}

function areOnSameProxies(a: Resource, b: Resource, graph: ResourceGraph): boolean {
  const [left, right] = [a, b].map(({ root }) => root.find('spec', 'selector'));
  if (!left?.known || !right?.known) return false;
  if (JSON.stringify(left.value) === JSON.stringify(right.value)) return true;
  const pods = new Set(gatewayPods(a, graph).workloads);
  return gatewayPods(b, graph).workloads.some((workload) => pods.has(workload));
}
