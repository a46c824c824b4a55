import type { EdgeFinder } from '../resourceGraph.ts';
import { edgeTo } from './edgeTo.ts';

const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'].map(
  (kind) => `gateway.networking.k8s.io/${kind}`,
);

/** VirtualService `gateways` and Gateway API `parentRefs` → the Gateway that they attach to. */
export const gatewayOfRoute: EdgeFinder = {
  relation: 'attached-to',
  from: ['networking.istio.io/VirtualService', ...ROUTES],
  *find(source, graph) {
    if (source.type === 'networking.istio.io/VirtualService') {
      for (const node of source.root.find('spec', 'gateways')?.items ?? []) {
        const written = node.text();
        if (written === undefined || written === 'mesh') continue;
        const [namespace, name] = written.includes('/')
          ? (written.split('/', 2) as [string, string])
          : [source.namespace, written];
        // A Gateway of the Gateway API is translated into one of Istio's, and answers as well.
        const to = ['networking.istio.io/Gateway', 'gateway.networking.k8s.io/Gateway'];
        yield {
          relation: 'attached-to',
          source,
          writtenAt: node,
          to,
          target: graph.lookup(source, to, name, namespace),
        };
      }
      return;
    }
    for (const parent of source.root.find('spec', 'parentRefs')?.items ?? []) {
      if ((parent.text('kind') ?? 'Gateway') !== 'Gateway') continue;
      const namespace = parent.text('namespace') ?? source.namespace;
      yield* edgeTo(
        'attached-to',
        source,
        parent.find('name'),
        ['gateway.networking.k8s.io/Gateway'],
        graph,
        namespace,
      );
    }
  },
};
