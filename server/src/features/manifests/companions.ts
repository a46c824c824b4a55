import { autoscalersOf } from '../../patterns/hpa/autoscaler.ts';
import { documents, metadataOf } from '../../rules/parts/newDocument.ts';
import { declaredPorts } from '../../rules/parts/ports.ts';
import { destinationRulesFor, VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { SERVING_TYPES, WORKLOAD_TYPES, type Workload, workloadOf } from '../../workspace/kubernetes/workload.ts';
import { label, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { neighbourOf } from '../names/writtenObject.ts';

/** A whole object that another one lacks, with that one's names, labels and ports. */
export interface Companion {
  /** `Service for Deployment cart`. */
  readonly label: string;
  readonly text: string;
}

/** More would bury the kinds; who has more in one folder begins with a kind. */
const MOST_WORKLOADS = 6;
const SCALABLE: ReadonlySet<string> = new Set(['apps/Deployment', 'apps/StatefulSet', 'argoproj.io/Rollout']);

/** The workloads that a new document in the file `uri` is probably about: those of its file, then of its folder. */
export function workloadsAround(uri: string, graph: ResourceGraph): Workload[] {
  const neighbour = neighbourOf({ type: '', name: undefined, uri }, graph);
  if (!neighbour) return [];
  const folder = uri.slice(0, uri.lastIndexOf('/') + 1);
  const rank = (resource: Resource): number => (resource.uri === uri ? 0 : resource.uri.startsWith(folder) ? 1 : 2);
  return graph
    .near(neighbour, ...WORKLOAD_TYPES)
    .filter((resource) => resource.name !== undefined && rank(resource) < 2)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST_WORKLOADS)
    .flatMap((resource) => workloadOf(resource) ?? []);
}

/** What the workloads around a new document lack. */
export function* companions(uri: string, graph: ResourceGraph): Generator<Companion> {
  for (const workload of workloadsAround(uri, graph)) {
    yield* ofReferences(workload, graph);
    if (!SERVING_TYPES.includes(workload.resource.type)) continue;
    yield* ofWorkload(workload, graph);
    for (const service of servicesOf(workload, graph)) yield* ofService(service, graph);
  }
}

/** ConfigMaps, Secrets and accounts that are named and not there. */
function* ofReferences({ resource }: Workload, graph: ResourceGraph): Generator<Companion> {
  const missing = new Map<string, { kind: string; name: string; keys: Set<string> }>();
  for (const { target, to, writtenAt } of graph.edgesFrom(resource)) {
    const [kind] = to;
    const name = writtenAt.text();
    if (target.status !== 'missing' || name === undefined) continue;
    if (kind !== 'ConfigMap' && kind !== 'Secret' && kind !== 'ServiceAccount') continue;
    const entry = missing.get(`${kind} ${name}`) ?? { kind, name, keys: new Set<string>() };
    missing.set(`${kind} ${name}`, entry);
    const key = writtenAt.parent?.text('key');
    if (key !== undefined) entry.keys.add(key);
  }
  for (const { keys, kind, name } of missing.values()) {
    const data = Object.fromEntries([...keys].map((key) => [key, '']));
    const field = kind === 'Secret' ? 'stringData' : 'data';
    yield {
      label: `${kind} ${name} for ${label(resource)}`,
      text: documents({
        apiVersion: 'v1',
        kind,
        metadata: metadataOf(name, resource),
        ...(kind === 'ServiceAccount' ? {} : { [field]: data }),
      }),
    };
  }
}

function* ofWorkload(workload: Workload, graph: ResourceGraph): Generator<Companion> {
  const { podLabels, resource } = workload;
  const { apiVersion, kind, root, type } = resource;
  const name = resource.name!;
  const metadata = metadataOf(name, resource);
  const selector = root.find('spec', 'selector', 'matchLabels') ?? podLabels;
  if (selector?.kind !== 'map' || !selector.known) return;
  const labels = selector.value as Record<string, string>;
  const ports = declaredPorts(workload).filter(({ number }) => number !== undefined);
  if (ports.length > 0 && servicesOf(workload, graph).length === 0) {
    const served = ports.map(({ name: port, number }) => ({
      ...(port === undefined ? {} : { name: port }),
      port: number === 8080 || port === 'http' ? 80 : number,
      targetPort: port ?? number,
    }));
    yield {
      label: `Service for ${label(resource)}`,
      text: documents({ apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: labels, ports: served } }),
    };
  }
  if (SCALABLE.has(type) && autoscalersOf(resource, graph).length === 0) {
    const target = { type: 'Utilization', averageUtilization: 80 };
    yield {
      label: `HorizontalPodAutoscaler for ${label(resource)}`,
      text: documents({
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata,
        spec: {
          scaleTargetRef: { apiVersion, kind, name },
          minReplicas: 2,
          maxReplicas: 10,
          metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }],
        },
      }),
    };
  }
  for (const [policy, version, spec] of [
    ['PodDisruptionBudget', 'policy/v1', { maxUnavailable: 1, selector: { matchLabels: labels } }],
    [
      'NetworkPolicy',
      'networking.k8s.io/v1',
      {
        podSelector: { matchLabels: labels },
        policyTypes: ['Ingress'],
        ingress: [
          { from: [{ podSelector: {} }], ports: ports.map(({ name: port, number }) => ({ port: port ?? number })) },
        ],
      },
    ],
  ] as const) {
    const group = version.slice(0, version.indexOf('/'));
    const has = graph.sameNamespace(resource, [`${group}/${policy}`]).some((other) => other.name === name);
    if (!has) {
      yield {
        label: `${policy} for ${label(resource)}`,
        text: documents({ apiVersion: version, kind: policy, metadata, spec }),
      };
    }
  }
}

function* ofService(service: Resource, graph: ResourceGraph): Generator<Companion> {
  const { name, root } = service;
  const port = root.number('spec', 'ports', 0, 'port');
  if (name === undefined || port === undefined) return;
  const metadata = metadataOf(name, service);
  const routes = graph.edgesTo(service, 'routes-to').map(({ source }) => source.type);
  const offer = (apiVersion: string, kind: string, spec: object): Companion => ({
    label: `${kind} for ${label(service)}`,
    text: documents({ apiVersion, kind, metadata, spec }),
  });
  if (!routes.includes(VIRTUAL_SERVICE)) {
    yield offer('networking.istio.io/v1', 'VirtualService', {
      hosts: [name],
      http: [{ timeout: '5s', route: [{ destination: { host: name, port: { number: port } } }] }],
    });
  }
  if (destinationRulesFor(name, service, graph).length === 0) {
    yield offer('networking.istio.io/v1', 'DestinationRule', {
      host: name,
      trafficPolicy: { connectionPool: { http: { http1MaxPendingRequests: 100 } } },
    });
  }
  if (!routes.includes('gateway.networking.k8s.io/HTTPRoute') && !routes.includes('networking.k8s.io/Ingress')) {
    yield offer('networking.k8s.io/v1', 'Ingress', {
      rules: [
        {
          host: `${name}.example.com`,
          http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { number: port } } } }] },
        },
      ],
    });
    const [gateway] = graph.near(service, 'gateway.networking.k8s.io/Gateway');
    if (gateway?.name !== undefined) {
      yield offer('gateway.networking.k8s.io/v1', 'HTTPRoute', {
        parentRefs: [{ name: gateway.name, ...(gateway.namespace ? { namespace: gateway.namespace } : {}) }],
        rules: [{ backendRefs: [{ name, port }] }],
      });
    }
  }
  const labels = root.find('metadata', 'labels');
  const metrics = root.find('spec', 'ports')?.items.find((item) => /metrics|http|web/.test(item.text('name') ?? ''));
  const monitors = graph.sameNamespace(service, ['monitoring.coreos.com/ServiceMonitor']);
  if (labels?.known && labels.entries.length > 0 && metrics && !monitors.some((monitor) => monitor.name === name)) {
    yield offer('monitoring.coreos.com/v1', 'ServiceMonitor', {
      selector: { matchLabels: labels.value },
      endpoints: [{ port: metrics.text('name') }],
    });
  }
}
