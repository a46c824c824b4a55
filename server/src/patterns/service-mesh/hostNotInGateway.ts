import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { resolveHost, serviceHost } from '../../workspace/istio/hosts.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { acceptedHosts, accepts } from './acceptedHosts.ts';

/** A gateway only accepts the hosts that its servers list; others never reach the route. */
export const rule = defineRule({
  id: 'service-mesh/host-not-in-gateway',
  severity: 'error',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE],
  equivalents: ['istioctl:IST0132'],
  *check(resource, graph) {
    const gateways = graph.edgesFrom(resource, 'attached-to').map(({ writtenAt, target }) => ({
      writtenAt,
      resource: target.status === 'found' ? target.resource : undefined,
      accepted: target.status === 'found' ? acceptedHosts(target.resource) : undefined,
    }));
    // A gateway that cannot be read may accept any host.
    if (gateways.length === 0 || gateways.some(({ accepted }) => !accepted)) return;
    const isForMesh = resource.root.find('spec', 'gateways')?.items.some((item) => item.text() === 'mesh') === true;
    const accepted = gateways.flatMap((gateway) => gateway.accepted!);
    const patterns = [...new Set(accepted.map(({ pattern }) => pattern))];
    const hosts = resource.root.find('spec', 'hosts')?.items ?? [];
    const names = gateways.map(({ writtenAt }) => writtenAt.text());
    const related = gateways.flatMap(({ resource: gateway, accepted: list }) =>
      gateway && list?.[0]
        ? { at: list[0].at.parent ?? list[0].at, message: `The hosts of ${describeOther(gateway)}.` }
        : [],
    );
    let isUnserved = false;
    for (const host of hosts) {
      const name = host.text();
      if (name === undefined || accepts(accepted, name, resource.namespace)) continue;
      // A host for the mesh may stand beside one for the gateway. A Service is one; another name may be as well.
      if (isForMesh && !isOutside(host, resource, graph)) continue;
      isUnserved = true;
      const isReserved = accepts(
        accepted.map((one) => ({ ...one, namespace: undefined })),
        name,
        resource.namespace,
      );
      yield {
        at: host,
        message: isReserved
          ? `Gateway ${names.join(', ')} accepts the host ${name} only from VirtualServices of other namespaces.`
          : names.length === 1
            ? `Gateway ${names[0]} does not accept the host ${name}, only ${patterns.join(', ')}.`
            : `None of the Gateways ${names.join(', ')} accepts the host ${name}, only ${patterns.join(', ')}.`,
        ...(isForMesh ? { strict: true } : {}),
        related,
      };
    }
    if (isUnserved || hosts.some((host) => host.text() === undefined) || hosts.length === 0) return;
    for (const gateway of gateways) {
      if (hosts.some((host) => accepts(gateway.accepted!, host.text()!, resource.namespace))) continue;
      yield {
        at: gateway.writtenAt,
        message: `Gateway ${gateway.writtenAt.text()} accepts none of the hosts ${hosts.map((host) => host.text()).join(', ')}, so no request comes from there.`,
        strict: true,
      };
    }
  },
});

/** A full name that is neither a Service's nor known to the mesh by a ServiceEntry. */
function isOutside(host: SourceNode, resource: Resource, graph: ResourceGraph): boolean {
  const name = host.text() ?? '';
  return name.includes('.') && !serviceHost(name, resource) && resolveHost(host, resource, graph).status === 'missing';
}
