import { portsOf } from '../../rules/parts/ports.ts';
import type { Place, SourceNode } from '../../text/sourceNode.ts';
import { destinationRulesFor, subsetNamed, VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { routeDestinations } from '../../workspace/istio/destinations.ts';
import { podsByLabels, podsBySelector } from '../../workspace/kubernetes/podSelection.ts';
import { type Workload, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { matchesLabelSelector } from '../../workspace/selection.ts';

/** What has a name within an object, and is meant by it from elsewhere. */
export type PartKind = 'key' | 'port' | 'subset' | 'volume';

/** One use of such a name. */
export interface PartReference {
  readonly kind: PartKind;
  readonly writtenAt: SourceNode;
  /** Where the name is given: the key of a ConfigMap, the name of a port, volume or subset. */
  readonly target: Place;
}

/** Every use of a part's name that an object writes and that is answered in its set. */
export function* partReferences(resource: Resource, graph: ResourceGraph): Generator<PartReference> {
  const workload = workloadOf(resource);
  if (workload) {
    yield* configurationKeys(resource, graph);
    yield* ofPod(workload);
  }
  switch (resource.type) {
    case 'Service':
      yield* targetPorts(resource, graph);
      break;
    case VIRTUAL_SERVICE:
      yield* subsets(resource, graph);
      break;
    case 'networking.k8s.io/Ingress':
    case 'monitoring.coreos.com/ServiceMonitor':
    case 'monitoring.coreos.com/PodMonitor':
      yield* servedPorts(resource, graph);
      break;
  }
}

/** The uses in the whole set of an object, by the place where the name is given. */
export function partsOfSet(resource: Resource, graph: ResourceGraph): readonly PartReference[] {
  return graph.memo(`named parts ${graph.setOf(resource)}`, () =>
    graph.near(resource).flatMap((member) => (member.apiVersion === '' ? [] : [...partReferences(member, graph)])),
  );
}

function* configurationKeys(resource: Resource, graph: ResourceGraph): Generator<PartReference> {
  for (const { target, writtenAt } of graph.edgesFrom(resource, 'configured-by')) {
    const reference = writtenAt.parent;
    if (target.status !== 'found' || !reference) continue;
    const { root } = target.resource;
    const keys = reference.find('key')
      ? [reference.find('key')]
      : (reference.find('items')?.items.map((item) => item.find('key')) ?? []);
    for (const key of keys) {
      const name = key?.text();
      if (!key || name === undefined) continue;
      const at = ['data', 'stringData', 'binaryData'].flatMap((field) => root.find(field, name) ?? [])[0];
      if (at) yield { kind: 'key', writtenAt: key, target: at.keyPlace };
    }
  }
}

function* ofPod({ containers, initContainers, podSpec, resource }: Workload): Generator<PartReference> {
  const volumes = podSpec?.find('volumes')?.items ?? [];
  const claims = resource.root.find('spec', 'volumeClaimTemplates')?.items ?? [];
  for (const container of [...initContainers, ...containers]) {
    for (const mount of [
      ...(container.find('volumeMounts')?.items ?? []),
      ...(container.find('volumeDevices')?.items ?? []),
    ]) {
      const writtenAt = mount.find('name');
      const name = writtenAt?.text();
      if (!writtenAt || name === undefined) continue;
      const target =
        volumes.find((volume) => volume.text('name') === name)?.find('name') ??
        claims.find((claim) => claim.text('metadata', 'name') === name)?.find('metadata', 'name');
      if (target) yield { kind: 'volume', writtenAt, target };
    }
    for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
      for (const action of ['httpGet', 'tcpSocket']) yield* ports(container.find(probe, action, 'port'), [container]);
    }
  }
}

/** The named ports of containers that a value means. */
function* ports(writtenAt: SourceNode | undefined, containers: readonly SourceNode[]): Generator<PartReference> {
  const name = writtenAt?.scalar;
  if (!writtenAt || typeof name !== 'string') return;
  for (const { at } of containers.flatMap((container) => portsOf(container)).filter((port) => port.name === name)) {
    const target = at.parent?.find('name');
    if (target) yield { kind: 'port', writtenAt, target };
  }
}

function* targetPorts(service: Resource, graph: ResourceGraph): Generator<PartReference> {
  const { workloads } = podsByLabels(service, service.root.find('spec', 'selector'), graph);
  const containers = workloads.flatMap((workload) => [...workload.containers, ...workload.initContainers]);
  for (const port of service.root.find('spec', 'ports')?.items ?? []) yield* ports(port.find('targetPort'), containers);
}

function* servedPorts(resource: Resource, graph: ResourceGraph): Generator<PartReference> {
  const { root, type } = resource;
  if (type === 'monitoring.coreos.com/PodMonitor') {
    const { workloads } = podsBySelector(resource, root.find('spec', 'selector'), graph);
    for (const endpoint of root.find('spec', 'podMetricsEndpoints')?.items ?? []) {
      yield* ports(
        endpoint.find('port'),
        workloads.flatMap(({ containers }) => containers),
      );
    }
    return;
  }
  if (type === 'monitoring.coreos.com/ServiceMonitor') {
    const selector = root.find('spec', 'selector');
    const services = graph
      .sameNamespace(resource, ['Service'])
      .filter((service) => matchesLabelSelector(selector, service.root.find('metadata', 'labels')) === true);
    for (const endpoint of root.find('spec', 'endpoints')?.items ?? []) {
      for (const service of services) yield* ofService(endpoint.find('port'), service);
    }
    return;
  }
  for (const { target, writtenAt } of graph.edgesFrom(resource, 'routes-to')) {
    if (target.status === 'found') yield* ofService(writtenAt.parent?.find('port', 'name'), target.resource);
  }
}

function* ofService(writtenAt: SourceNode | undefined, service: Resource): Generator<PartReference> {
  const name = writtenAt?.text();
  if (!writtenAt || name === undefined) return;
  const port = service.root.find('spec', 'ports')?.items.find((item) => item.text('name') === name);
  const target = port?.find('name');
  if (target) yield { kind: 'port', writtenAt, target };
}

function* subsets(resource: Resource, graph: ResourceGraph): Generator<PartReference> {
  for (const { destination } of routeDestinations(resource)) {
    const writtenAt = destination.find('subset');
    const name = writtenAt?.text();
    const host = destination.text('host');
    if (!writtenAt || name === undefined || host === undefined) continue;
    for (const rule of destinationRulesFor(host, resource, graph)) {
      const target = subsetNamed(rule, name)?.find('name');
      if (target) yield { kind: 'subset', writtenAt, target };
    }
  }
}
