import { defineRule } from '../../rules/contract.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { exportsMeet } from '../../workspace/istio/exports.ts';
import { sameHost } from '../../workspace/istio/hosts.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';

/** For one host the sidecars follow one VirtualService; which one of several is not defined. */
export const rule = defineRule({
  id: 'service-mesh/virtual-services-conflict',
  severity: 'error',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE],
  equivalents: ['istioctl:IST0109', 'kiali:KIA1106'],
  *check(resource, graph) {
    if (!appliesToMesh(resource) || resource.name === undefined) return;
    for (const other of graph.near(resource, VIRTUAL_SERVICE)) {
      if (other === resource || other.name === undefined || !appliesToMesh(other)) continue;
      // Routes that no namespace sees together do not meet.
      if (!exportsMeet(resource, other)) continue;
      const isElsewhere = resource.namespace !== other.namespace;
      for (const host of resource.root.find('spec', 'hosts')?.items ?? []) {
        const twin = other.root.find('spec', 'hosts')?.items.find((item) => {
          const [a, b] = [host.text(), item.text()];
          return a !== undefined && b !== undefined && sameHost(a, resource, b, other);
        });
        if (!twin) continue;
        yield {
          at: host,
          message: `${describeOther(other)}${isElsewhere ? ` of namespace ${other.namespace ?? '(not written)'}` : ''} speaks for the host ${host.text()} too, and inside the mesh only one of them counts.`,
          related: [{ at: twin, message: `The same host in ${describeOther(other)}.` }],
          // Two namespaces of one folder may be two environments, which are not deployed to one cluster.
          ...(isElsewhere ? { strict: true } : {}),
        };
      }
    }
  },
});

function appliesToMesh({ root }: Resource): boolean {
  if (root.find('spec')?.find('http')?.conditional) return false;
  if (root.lacks('spec', 'gateways')) return true;
  return root.find('spec', 'gateways')?.items.some((gateway) => gateway.text() === 'mesh') === true;
}
