import type { SourceNode } from '../../text/sourceNode.ts';
import { podCountOf } from '../../workspace/applications/podCount.ts';
import { DESTINATION_RULE, VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import type { Workload } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph, Ternary } from '../../workspace/resourceGraph.ts';
import { namespacesAgree } from '../../workspace/selection.ts';
import { hasSidecar } from '../service-mesh/meshMembership.ts';

/** A proxy or client that spreads the calls of one connection over the pods; where it is written. */
export interface Balancing {
  readonly resource: Resource;
  readonly at: SourceNode;
}

/** What tells that calls to a Service are spread: DNS gives each pod's address, or a mesh balances each call. */
export function balancingOf(
  service: Resource,
  callees: readonly Workload[],
  graph: ResourceGraph,
): readonly Balancing[] {
  const headless = service.root.find('spec', 'clusterIP');
  if (headless?.text() === 'None') return [{ resource: service, at: headless }];
  const routes = graph
    .edgesTo(service, 'routes-to')
    .filter(({ source }) => source.type === VIRTUAL_SERVICE || source.type === DESTINATION_RULE);
  const bySource = new Map(routes.map(({ source, writtenAt }) => [source, writtenAt]));
  if (bySource.size > 0) return [...bySource].map(([resource, at]) => ({ resource, at }));
  const injected = callees.find(({ resource }) => hasSidecar(resource, graph));
  const meshed = graph.near(service, 'Namespace').find((namespace) => namespace.name === service.namespace);
  const sign = injected?.template ?? (meshed && meshLabel(meshed));
  return sign ? [{ resource: injected?.resource ?? meshed!, at: sign }] : [];
}

/** Whether a mesh may carry the calls of a Service although nothing of the Service's own says so. */
export function mayBeMeshed(service: Resource, callees: readonly Workload[], graph: ResourceGraph): boolean {
  const namespaces = graph.near(service, 'Namespace').filter(({ name }) => name === service.namespace);
  // A namespace that is made elsewhere may be in a mesh.
  if (service.namespace === undefined || namespaces.length === 0) return true;
  if (namespaces.some((namespace) => meshLabel(namespace) !== undefined || namespace.root.open)) return true;
  if (callees.some(({ template }) => template?.lacks('metadata', 'annotations', 'linkerd.io/inject') === false))
    return true;
  return graph
    .near(service, VIRTUAL_SERVICE, DESTINATION_RULE)
    .some((other) => namespacesAgree(other.namespace, service.namespace));
}

/** What puts a namespace into a mesh, or may: a template's value too. */
function meshLabel({ root }: Resource): SourceNode | undefined {
  const metadata = root.find('metadata');
  const signs = [
    metadata?.find('labels', 'istio-injection'),
    metadata?.find('labels', 'istio.io/rev'),
    metadata?.find('labels', 'istio.io/dataplane-mode'),
    metadata?.find('annotations', 'linkerd.io/inject'),
  ];
  return signs.find((sign) => sign !== undefined && sign.text() !== 'disabled' && sign.text() !== 'none');
}

/** The most pods that a workload may have; undefined where nothing tells. */
export function mostReplicas(workload: Workload, graph: ResourceGraph): number | undefined {
  return podCountOf(workload, graph)?.most;
}

/** Several pods stand behind the Service: then it matters which of them a call meets. */
export function hasSeveralPods(callees: readonly Workload[], graph: ResourceGraph): Ternary {
  const most = callees.map((callee) => mostReplicas(callee, graph));
  if (most.some((count) => count !== undefined && count > 1)) return true;
  return most.includes(undefined) ? undefined : most.reduce<number>((sum, count) => sum + count!, 0) > 1;
}
