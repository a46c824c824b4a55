import { defineRule } from '../../../rules/contract.ts';
import type { SourceNode } from '../../../text/sourceNode.ts';
import { describe, type Resource } from '../../../workspace/resource.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';

/** In a mesh of several clusters a Service is one thing; what differs depends on which cluster is asked first. */
export const rule = defineRule({
  id: 'service-mesh/service-differs-between-clusters',
  severity: 'information',
  profile: 'strict',
  types: ['Service'],
  equivalents: ['istioctl:IST0170'],
  *check(service, graph) {
    if (service.name === undefined || service.namespace === undefined) return;
    const network = networkOf(service, graph);
    if (network === undefined) return;
    for (const other of graph.all('Service')) {
      if (graph.setOf(other) === graph.setOf(service)) continue;
      if (other.name !== service.name || other.namespace !== service.namespace) continue;
      const otherNetwork = networkOf(other, graph);
      if (otherNetwork === undefined || otherNetwork === network) continue;
      const field = differenceOf(service, other);
      if (!field) continue;
      yield {
        at: service.root.find('spec', field)?.keyPlace ?? service.root.find('metadata', 'name') ?? service.root,
        message: `${describe(service)} of network ${network} differs in its ${field} from the one of network ${otherNetwork}.`,
        related: [
          {
            at: other.root.find('spec', field)?.keyPlace ?? other.root.find('metadata', 'name') ?? other.root,
            message: `The Service of network ${otherNetwork}.`,
          },
        ],
      };
    }
  },
});

/** The network that a set's control plane or namespace says to be in: only where two differ are there two clusters. */
function networkOf(service: Resource, graph: ResourceGraph): string | undefined {
  const key = 'topology.istio.io/network';
  const networks = [
    ...graph.near(service, 'Namespace').map(({ root }) => root.text('metadata', 'labels', key)),
    ...graph
      .near(service, 'install.istio.io/IstioOperator')
      .map(({ root }) => root.text('spec', 'values', 'global', 'network')),
  ].filter((network) => network !== undefined);
  return networks[0];
}

/** The first field of the specification in which two Services differ; undefined where a template leaves it open. */
function differenceOf(a: Resource, b: Resource): string | undefined {
  const [left, right] = [a.root, b.root];
  if (!left.find('spec')?.known || !right.find('spec')?.known) return undefined;
  const isHeadless = (root: SourceNode) => root.text('spec', 'clusterIP') === 'None';
  if ((left.text('spec', 'type') ?? 'ClusterIP') !== (right.text('spec', 'type') ?? 'ClusterIP')) return 'type';
  if (isHeadless(left) !== isHeadless(right)) return 'clusterIP';
  return portsOf(left) === portsOf(right) ? undefined : 'ports';
}

function portsOf(root: SourceNode): string {
  const ports = (root.find('spec', 'ports')?.items ?? []).map((port) =>
    [port.text('port'), port.text('name'), port.text('appProtocol'), port.text('protocol') ?? 'TCP'].join(' '),
  );
  return ports.sort().join(', ');
}
