import type { SourceNode } from '../../text/sourceNode.ts';
import type { EdgeFinder } from '../resourceGraph.ts';
import { edgeTo } from './edgeTo.ts';

const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'].map(
  (kind) => `gateway.networking.k8s.io/${kind}`,
);

/** Ingress and Gateway API routes → the Services behind them; StatefulSet → its governing Service. */
export const backendService: EdgeFinder = {
  relation: 'routes-to',
  from: ['networking.k8s.io/Ingress', 'apps/StatefulSet', ...ROUTES],
  *find(source, graph) {
    if (source.type === 'apps/StatefulSet') {
      yield* edgeTo('governed-by', source, source.root.find('spec', 'serviceName'), ['Service'], graph);
      return;
    }
    if (source.type === 'networking.k8s.io/Ingress') {
      for (const backend of ingressBackends(source.root)) {
        yield* edgeTo(
          'routes-to',
          source,
          backend.find('service', 'name') ?? backend.find('serviceName'),
          ['Service'],
          graph,
        );
      }
      return;
    }
    for (const backend of routeBackends(source.root)) {
      const group = backend.text('group') ?? '';
      const kind = backend.text('kind') ?? 'Service';
      if (group !== '' || kind !== 'Service') continue;
      yield* edgeTo(
        'routes-to',
        source,
        backend.find('name'),
        ['Service'],
        graph,
        backend.text('namespace') ?? source.namespace,
      );
    }
  },
};

/** Every backend of an Ingress, the default one included, in either API version's form. */
export function* ingressBackends(root: SourceNode): Iterable<SourceNode> {
  const fallback = root.find('spec', 'defaultBackend') ?? root.find('spec', 'backend');
  if (fallback) yield fallback;
  for (const rule of root.find('spec', 'rules')?.items ?? []) {
    for (const path of rule.find('http', 'paths')?.items ?? []) {
      const backend = path.find('backend');
      if (backend) yield backend;
    }
  }
}

/** Every backendRef of a Gateway API route, mirrors included. */
export function* routeBackends(root: SourceNode): Iterable<SourceNode> {
  for (const rule of root.find('spec', 'rules')?.items ?? []) {
    yield* rule.find('backendRefs')?.items ?? [];
    for (const filter of rule.find('filters')?.items ?? []) {
      const mirror = filter.find('requestMirror', 'backendRef');
      if (mirror) yield mirror;
    }
  }
}
