import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { routeBackends } from '../../workspace/edges/backendService.ts';
import { describe, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

const GROUP = 'gateway.networking.k8s.io';

/** What lies in another namespace may be referred to only where a ReferenceGrant of that namespace says so. */
export const rule = defineRule({
  id: 'service-mesh/reference-not-granted',
  severity: 'error',
  profile: 'recommended',
  types: ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute', 'Gateway'].map((kind) => `${GROUP}/${kind}`),
  equivalents: ['kiali:KIA1503'],
  *check(resource, graph) {
    if (resource.namespace === undefined) return;
    for (const reference of referencesOf(resource)) {
      const kind = reference.text('kind') ?? (resource.kind === 'Gateway' ? 'Secret' : 'Service');
      const namespace = reference.find('namespace');
      const there = namespace?.text();
      if (!namespace || there === undefined || there === resource.namespace || (reference.text('group') ?? '') !== '')
        continue;
      const grants = graph
        .all(`${GROUP}/ReferenceGrant`)
        .filter((grant) => grant.namespace === undefined || grant.namespace === there);
      if (grants.some((grant) => grant.namespace === undefined || mayGrant(grant, resource, kind, reference))) continue;
      yield {
        at: namespace,
        message: `${describe(resource)} may not use ${kind} ${reference.text('name') ?? ''} of namespace ${there}: no ReferenceGrant there admits it.`,
        ...(describesNamespace(there, resource, graph) ? {} : { strict: true }),
      };
    }
  },
});

function* referencesOf(resource: Resource): Iterable<SourceNode> {
  if (resource.kind !== 'Gateway') {
    yield* routeBackends(resource.root);
    return;
  }
  for (const listener of resource.root.find('spec', 'listeners')?.items ?? [])
    yield* listener.find('tls', 'certificateRefs')?.items ?? [];
}

function mayGrant(grant: Resource, resource: Resource, kind: string, reference: SourceNode): boolean {
  const [from, to] = [grant.root.find('spec', 'from'), grant.root.find('spec', 'to')];
  if (!from?.known || !to?.known) return true;
  return (
    from.items.some((item) => item.text('kind') === resource.kind && item.text('namespace') === resource.namespace) &&
    to.items.some(
      (item) => item.text('kind') === kind && (item.lacks('name') || item.text('name') === reference.text('name')),
    )
  );
}

/** The other namespace's Services are described here, so that its grants would be too. */
function describesNamespace(namespace: string, from: Resource, graph: ResourceGraph): boolean {
  return graph.near(from, 'Service', `${GROUP}/ReferenceGrant`).some((resource) => resource.namespace === namespace);
}
