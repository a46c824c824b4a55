import { defineRule } from '../../../rules/contract.ts';
import type { SourceNode } from '../../../text/sourceNode.ts';
import { resolveHost } from '../../../workspace/istio/hosts.ts';
import { describe, describeOther, type Resource } from '../../../workspace/resource.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';
import { selectedWorkloads } from '../policyScope.ts';
import { hasWaypoint, isAmbient, isAmbientNamespace } from './waypoints.ts';

const AUTHORIZATION = 'security.istio.io/AuthorizationPolicy';
const ROUTES = ['networking.istio.io/VirtualService', 'networking.istio.io/DestinationRule'];

/** In ambient mode the node's proxy knows connections only; what speaks of requests is done by a waypoint or by nobody. */
export const rule = defineRule({
  id: 'service-mesh/waypoint-missing',
  severity: 'warning',
  profile: 'recommended',
  types: [
    AUTHORIZATION,
    'security.istio.io/RequestAuthentication',
    'extensions.istio.io/WasmPlugin',
    'telemetry.istio.io/Telemetry',
    ...ROUTES,
  ],
  equivalents: [
    'kiali:KIA0109',
    'kiali:KIA0110',
    'kiali:KIA0210',
    'kiali:KIA0211',
    'kiali:KIA1109',
    'kiali:KIA1110',
    'kiali:KIA1111',
    'kiali:KIA1112',
    'kiali:KIA1113',
    'kiali:KIA1115',
    'kiali:KIA1116',
    'kiali:KIA1117',
    'kiali:KIA1317',
  ],
  *check(resource, graph) {
    const at = placeOfRequests(resource);
    if (!at) return;
    for (const [target, written] of targetsOf(resource, graph)) {
      if (hasWaypoint(target, graph) !== false) continue;
      const isNamespace = target === resource;
      yield {
        at: written ?? at,
        message: isNamespace
          ? `Only a waypoint follows ${describe(resource)}, but namespace ${resource.namespace} is in ambient mode and uses none.`
          : `Only a waypoint follows ${describe(resource)}, but ${describeOther(target)} is in ambient mode and uses none.`,
      };
      return;
    }
  },
});

/** Where the object speaks of what only a reader of requests can do; undefined where it does not. */
function placeOfRequests({ type, root }: Resource): SourceNode | undefined {
  if (ROUTES.includes(type)) {
    if (type.endsWith('/DestinationRule'))
      return root.find('spec', 'trafficPolicy') ? root.find('spec', 'host') : undefined;
    return root.find('spec', 'http') ? (root.find('spec', 'hosts', 0) ?? root.find('spec', 'http')) : undefined;
  }
  if (type !== AUTHORIZATION) return root.find('metadata', 'name') ?? root;
  for (const rule of root.find('spec', 'rules')?.items ?? []) {
    for (const to of rule.find('to')?.items ?? [])
      for (const field of to.find('operation')?.entries ?? [])
        if (/^(?:not)?(?:methods|paths|hosts)$/i.test(field.key ?? '')) return field;
    for (const from of rule.find('from')?.items ?? [])
      for (const field of from.find('source')?.entries ?? [])
        if (/^(?:not)?(?:requestPrincipals|remoteIpBlocks)$/i.test(field.key ?? '')) return field;
    for (const when of rule.find('when')?.items ?? [])
      if (/^request\./.test(when.text('key') ?? '')) return when.find('key');
  }
  return undefined;
}

/** The ambient objects that the object is meant for, with the place that names them. */
function* targetsOf(resource: Resource, graph: ResourceGraph): Iterable<[Resource, SourceNode | undefined]> {
  const { root } = resource;
  if (ROUTES.includes(resource.type)) {
    if (root.find('spec', 'gateways') && !root.find('spec', 'gateways')?.items.some((item) => item.text() === 'mesh'))
      return;
    const hosts = root.find('spec', 'hosts')?.items ?? [root.find('spec', 'host')];
    for (const host of hosts) {
      const target = host && resolveHost(host, resource, graph);
      if (target?.status === 'found' && isAmbientNamespace(target.resource, graph)) yield [target.resource, host];
    }
    return;
  }
  const references =
    root.find('spec', 'targetRefs')?.items ?? [root.find('spec', 'targetRef')].flatMap((one) => one ?? []);
  for (const reference of references) {
    const kind = reference.text('kind');
    const name = reference.find('name');
    if ((kind !== 'Service' && kind !== 'ServiceEntry') || name?.text() === undefined) continue;
    const type = kind === 'Service' ? kind : 'networking.istio.io/ServiceEntry';
    const target = graph.lookup(resource, [type], name.text()!);
    if (target.status === 'found' && isAmbientNamespace(target.resource, graph)) yield [target.resource, name];
  }
  if (references.length > 0 || !root.lacks('spec', 'targetRefs')) return;
  if (root.find('spec', 'selector')) {
    for (const { resource: workload } of selectedWorkloads(resource, graph).workloads)
      if (isAmbient(workload, graph)) yield [workload, undefined];
  } else if (isAmbientNamespace(resource, graph)) yield [resource, undefined];
}
