import { defineRule } from '../../rules/contract.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
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
      // Routes that are exported to other namespaces only do not meet.
      if (!resource.root.lacks('spec', 'exportTo') || !other.root.lacks('spec', 'exportTo')) continue;
      if (resource.namespace !== other.namespace) continue;
      for (const host of resource.root.find('spec', 'hosts')?.items ?? []) {
        const twin = other.root.find('spec', 'hosts')?.items.find((item) => {
          const [a, b] = [host.text(), item.text()];
          return a !== undefined && b !== undefined && sameHost(a, resource, b, other);
        });
        if (!twin) continue;
        yield {
          at: host,
          message: `${describeOther(other)} speaks for the host ${host.text()} too, and inside the mesh only one of them counts.`,
          related: [{ at: twin, message: `The same host in ${describeOther(other)}.` }],
        };
      }
    }
  },
});

function appliesToMesh({ root }: Resource): boolean {
  if (root.find('spec')?.find('http')?.conditional || root.find('spec', 'delegate')) return false;
  if (root.lacks('spec', 'gateways')) return true;
  return root.find('spec', 'gateways')?.items.some((gateway) => gateway.text() === 'mesh') === true;
}
