import type { EdgeFinder } from '../resourceGraph.ts';
import { SECRET_TYPES } from './configuration.ts';
import { edgeTo } from './edgeTo.ts';

/** Gateway of the Gateway API → its class and the Secrets with the certificates of its listeners. */
export const gatewayParts: EdgeFinder = {
  relation: 'of-class',
  from: ['gateway.networking.k8s.io/Gateway'],
  *find(source, graph) {
    const { root } = source;
    const className = root.find('spec', 'gatewayClassName');
    yield* edgeTo('of-class', source, className, ['gateway.networking.k8s.io/GatewayClass'], graph);
    for (const listener of root.find('spec', 'listeners')?.items ?? []) {
      for (const reference of listener.find('tls', 'certificateRefs')?.items ?? []) {
        if ((reference.text('kind') ?? 'Secret') !== 'Secret' || (reference.text('group') ?? '') !== '') continue;
        const namespace = reference.text('namespace') ?? source.namespace;
        for (const edge of edgeTo('certified-by', source, reference.find('name'), SECRET_TYPES, graph, namespace)) {
          // A Certificate of cert-manager may give its Secret another name.
          const maker = graph
            .sameNamespace(source, ['cert-manager.io/Certificate'], namespace)
            .find((certificate) => certificate.root.text('spec', 'secretName') === edge.writtenAt.text());
          yield maker ? { ...edge, target: { status: 'found', resource: maker } } : edge;
        }
      }
    }
  },
};
