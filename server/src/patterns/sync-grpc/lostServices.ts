import { instanceName } from '../../rules/parts/instanceName.ts';
import { declaredPorts } from '../../rules/parts/ports.ts';
import type { Participant, PatternInstance } from '../../rules/pattern.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { SERVING_TYPES, type Workload, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { Edge, ResourceGraph } from '../../workspace/resourceGraph.ts';
import { namespacesAgree } from '../../workspace/selection.ts';
import { isGrpcName, PROBES } from './grpcPorts.ts';

const ROUTES = [VIRTUAL_SERVICE, 'gateway.networking.k8s.io/GRPCRoute', 'gateway.networking.k8s.io/HTTPRoute'];

/** Workloads that speak gRPC and that no Service picks, where a route leads to a Service that is missing. */
export function* lostServices(graph: ResourceGraph): Iterable<PatternInstance> {
  const seen = new Set<Resource>();
  for (const route of graph.all(...ROUTES)) {
    for (const edge of graph.edgesFrom(route, 'routes-to')) {
      if (!isLost(edge, graph)) continue;
      const callee = calleeOf(edge, graph);
      if (!callee || seen.has(callee.resource)) continue;
      seen.add(callee.resource);
      yield {
        pattern: 'sync-grpc',
        name: instanceName(callee.resource, graph),
        participants: [
          named('callee', callee.resource),
          ...(route.type === VIRTUAL_SERVICE ? [{ role: 'balancing', resource: route, at: edge.writtenAt }] : []),
        ],
        missing: ['service'],
      };
    }
  }
}

/** What Kustomize builds is deployed as it is, so that it brings its Services along. */
function isLost({ source, target }: Edge, graph: ResourceGraph): boolean {
  return target.status === 'missing' && (target.certain || graph.setOf(source).startsWith('kustomize:'));
}

/** The workload that the lost Service led to: by its name, or by the port that the route names. */
function calleeOf({ source, writtenAt }: Edge, graph: ResourceGraph): Workload | undefined {
  const name = writtenAt.text()?.split('.')[0];
  const port = writtenAt.parent?.number('port', 'number') ?? writtenAt.parent?.number('port');
  return unservedSpeakers(source, graph).find(
    ({ workload: { resource }, ports }) =>
      namespacesAgree(source.namespace, resource.namespace) &&
      (resource.name === name || (port !== undefined && ports.has(port))),
  )?.workload;
}

/** The workloads of a set that speak gRPC and that no Service picks. */
function unservedSpeakers(
  from: Resource,
  graph: ResourceGraph,
): readonly { readonly workload: Workload; readonly ports: ReadonlySet<number> }[] {
  return graph.memo(`unserved grpc speakers ${graph.setOf(from)}`, () =>
    graph.near(from, ...SERVING_TYPES).flatMap((resource) => {
      const workload = workloadOf(resource)!;
      const ports = grpcPortsIn(workload);
      return ports.size > 0 && servicesOf(workload, graph).length === 0 ? [{ workload, ports }] : [];
    }),
  );
}

function grpcPortsIn(workload: Workload): ReadonlySet<number> {
  const probed = workload.containers.flatMap((container) =>
    PROBES.flatMap((kind) => container.number(kind, 'grpc', 'port') ?? []),
  );
  const declared = declaredPorts(workload).flatMap(({ name, number }) =>
    isGrpcName(name) && number !== undefined ? [number] : [],
  );
  return new Set([...probed, ...declared]);
}

function named(role: string, resource: Resource): Participant {
  return { role, resource, at: resource.root.find('metadata', 'name') ?? resource.root };
}
