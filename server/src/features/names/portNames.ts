import { portsOf } from '../../rules/parts/ports.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { resolveHost } from '../../workspace/istio/hosts.ts';
import { podsByLabels, podsBySelector } from '../../workspace/kubernetes/podSelection.ts';
import { type Workload, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import { matchesLabelSelector } from '../../workspace/selection.ts';
import type { KnownName, NameFinder } from './nameFinder.ts';
import type { WrittenObject } from './writtenObject.ts';

/** Ports by name and number: of the pods that a Service selects, of the Service that a route leads to, of the container that is probed. */
export const portNames: NameFinder = {
  path: /(?:^|\.)(?:port|targetPort|number|port\.name|servicePort|port\.number)$/,
  *find(written) {
    const { graph, node, path, resource } = written;
    const field = String(path.at(-1));
    if (resource.type === 'Service') {
      if (field !== 'targetPort') return;
      const { workloads } = podsByLabels(resource, resource.root.find('spec', 'selector'), graph);
      yield* containerPorts(workloads, 'either');
      return;
    }
    const container = workloadOf(resource) && containerOf(node);
    if (container) {
      if (field === 'port') yield* declared(container, 'either');
      return;
    }
    if (resource.type === 'networking.k8s.io/NetworkPolicy' && path[1] === 'ingress') {
      const { workloads } = podsBySelector(resource, resource.root.find('spec', 'podSelector'), graph);
      yield* containerPorts(workloads, 'either');
      return;
    }
    if (resource.type === 'monitoring.coreos.com/PodMonitor') {
      const { workloads } = podsBySelector(resource, resource.root.find('spec', 'selector'), graph);
      yield* containerPorts(workloads, 'name');
      return;
    }
    const wants = field === 'name' || resource.type.startsWith('monitoring.') ? 'name' : 'number';
    for (const service of servicesMeant(written)) yield* servicePorts(service, wants);
  },
};

/** The Services whose ports are meant: those beside the port's own field, or those that a monitor selects. */
function servicesMeant({ graph, node, resource }: WrittenObject): readonly Resource[] {
  if (resource.type === 'monitoring.coreos.com/ServiceMonitor') {
    const selector = resource.root.find('spec', 'selector');
    return graph
      .sameNamespace(resource, ['Service'])
      .filter((service) => matchesLabelSelector(selector, service.root.find('metadata', 'labels')));
  }
  for (let holder = node.parent; holder; holder = holder.parent) {
    const host = holder.find('host');
    if (host?.text() !== undefined) {
      const target = resolveHost(host, resource, graph);
      return target.status === 'found' ? [target.resource] : [];
    }
    // `port: {name}` has a name of its own, which is not the Service's.
    const name = holder.key === 'port' ? undefined : (holder.text('name') ?? holder.text('serviceName'));
    if (name === undefined) continue;
    const target = graph.lookup(resource, ['Service'], name, holder.text('namespace') ?? resource.namespace);
    return target.status === 'found' ? [target.resource] : [];
  }
  return [];
}

function* servicePorts(service: Resource, wants: 'name' | 'number'): Generator<KnownName> {
  for (const port of service.root.find('spec', 'ports')?.items ?? []) {
    const number = port.number('port');
    const name = port.text('name');
    const value = wants === 'name' ? name : number;
    const other = wants === 'name' ? number : name;
    if (value === undefined) continue;
    yield { value, detail: `${other === undefined ? '' : `${other}, `}Service ${service.name}` };
  }
}

function* containerPorts(workloads: readonly Workload[], wants: 'name' | 'either'): Generator<KnownName> {
  for (const workload of workloads) {
    for (const container of [...workload.containers, ...workload.initContainers]) yield* declared(container, wants);
  }
}

function* declared(container: SourceNode, wants: 'name' | 'either'): Generator<KnownName> {
  const owner = `container ${container.text('name') ?? ''}`.trimEnd();
  for (const { name, number } of portsOf(container)) {
    if (name !== undefined) yield { value: name, detail: `${number === undefined ? '' : `${number}, `}${owner}` };
    if (number !== undefined && wants === 'either') {
      yield {
        value: number,
        detail: `${name === undefined ? '' : `${name}, `}${owner}`,
        isUnlikely: name !== undefined,
      };
    }
  }
}

/** The container that a node stands in. */
function containerOf(node: SourceNode): SourceNode | undefined {
  for (let at: SourceNode | undefined = node; at; at = at.parent) {
    if (at.parent?.key === 'containers' || at.parent?.key === 'initContainers') return at;
  }
  return undefined;
}
