import type { Participant } from '../../rules/pattern.ts';
import { DESTINATION_RULE, VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { fullHost, matchesHost, serviceHost } from '../../workspace/istio/hosts.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import { SERVING_TYPES } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { meshProtocol } from './portProtocols.ts';

const GATEWAY_ROUTES = ['gateway.networking.k8s.io/HTTPRoute', 'gateway.networking.k8s.io/GRPCRoute'];

/** A Service that routes or policies of the workspace speak of, and what they are. */
export interface MeshedService {
  readonly service: Resource;
  /** VirtualServices and routes of the Gateway API that lead to it. */
  readonly routes: readonly Resource[];
  /** DestinationRules for it. */
  readonly policies: readonly Resource[];
}

/** How many others have to agree before one that differs is called an exception. */
const LEAST_OTHERS = 3;

/** Protocols whose requests a route can hold to a time, and whose answers tell an error. */
const OF_REQUESTS: readonly (string | undefined)[] = ['grpc', 'grpc-web', 'http', 'http2'];

/**
 * The Services that lack what every other one in the mesh of this workspace has, where three others or more agree. That
 * is how a policy shows that was meant for all and is missing for one. The same Service in several overlays counts
 * once. Left out are Services about which a template or another set of files may say more, and those that do not
 * certainly speak HTTP or gRPC: databases are treated in their own way.
 */
export function exceptionsAmong(
  graph: ResourceGraph,
  has: (meshed: MeshedService) => boolean,
): readonly MeshedService[] {
  const exceptions: MeshedService[] = [];
  const [having, lacking] = [new Set<string>(), new Set<string>()];
  for (const meshed of meshedServices(graph)) {
    const { uri, root } = meshed.service;
    if (!answersRequests(meshed.service)) continue;
    const document = `${uri}#${root.span.start}`;
    if (has(meshed)) having.add(document);
    else {
      lacking.add(document);
      exceptions.push(meshed);
    }
    if (lacking.size > 1) return [];
  }
  return having.size >= LEAST_OTHERS ? exceptions.filter(({ service }) => servingPods(service, graph).length > 0) : [];
}

/** Every Service that a route or policy certainly names, and of which nothing else can be said by files unseen. */
export function meshedServices(graph: ResourceGraph): readonly MeshedService[] {
  return graph.memo('meshed-services', () => {
    const found = new Map<Resource, { routes: Set<Resource>; policies: Set<Resource> }>();
    const openSets = new Set<string>();
    const openNames = new Set<string>();
    // A rule for many hosts holds for the whole mesh, whichever set of files it is deployed with.
    const general: Resource[] = [];
    for (const source of graph.all(VIRTUAL_SERVICE, DESTINATION_RULE, ...GATEWAY_ROUTES)) {
      if (source.root.find('spec')?.known !== true) openSets.add(graph.setOf(source));
      for (const { target, writtenAt } of graph.edgesFrom(source, 'routes-to')) {
        const host = writtenAt.text() ?? '';
        if (target.status === 'found' && target.resource.type === 'Service') {
          const entry = found.get(target.resource) ?? { routes: new Set(), policies: new Set() };
          found.set(target.resource, entry);
          entry[source.type === DESTINATION_RULE ? 'policies' : 'routes'].add(source);
        } else if (host.includes('*')) general.push(source);
        else if (target.status === 'unknown') openNames.add(serviceHost(host, source)?.name ?? host);
      }
    }
    return [...found].flatMap(([service, { routes, policies }]) => {
      const set = graph.setOf(service);
      if (graph.isIncomplete(service) || openSets.has(set) || openNames.has(service.name ?? '')) return [];
      const ofMany = general.filter((rule) => covers(rule, service));
      return { service, routes: [...routes], policies: [...policies, ...ofMany] };
    });
  });
}

/** The workloads behind a Service, as participants of a use. */
export function servingPods(service: Resource, graph: ResourceGraph): readonly Participant[] {
  return podsByLabels(service, service.root.find('spec', 'selector'), graph).workloads.flatMap(({ resource }) =>
    SERVING_TYPES.includes(resource.type)
      ? { role: 'workload', resource, at: resource.root.find('metadata', 'name') ?? resource.root }
      : [],
  );
}

function answersRequests({ root }: Resource): boolean {
  const ports = root.find('spec', 'ports')?.items ?? [];
  return ports.length > 0 && ports.every((port) => OF_REQUESTS.includes(meshProtocol(port)));
}

function covers(rule: Resource, service: Resource): boolean {
  const host = rule.root.text('spec', 'host');
  return host !== undefined && service.name !== undefined && matchesHost(host, fullHost(service.name, service));
}
