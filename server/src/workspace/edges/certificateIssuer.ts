import type { EdgeFinder } from '../resourceGraph.ts';
import { edgeTo } from './edgeTo.ts';

const ISSUER = 'cert-manager.io/Issuer';
const CLUSTER_ISSUER = 'cert-manager.io/ClusterIssuer';

/** Certificate, and Ingress by its annotations → the issuer of cert-manager that signs for it. */
export const certificateIssuer: EdgeFinder = {
  relation: 'issued-by',
  from: ['cert-manager.io/Certificate', 'networking.k8s.io/Ingress'],
  *find(source, graph) {
    const { root } = source;
    if (source.type === 'cert-manager.io/Certificate') {
      const reference = root.find('spec', 'issuerRef');
      if (!reference || (reference.text('group') ?? 'cert-manager.io') !== 'cert-manager.io') return;
      const kind = reference.text('kind') ?? (reference.lacks('kind') ? 'Issuer' : undefined);
      if (kind !== 'Issuer' && kind !== 'ClusterIssuer') return;
      yield* edgeTo('issued-by', source, reference.find('name'), [`cert-manager.io/${kind}`], graph);
      return;
    }
    const annotations = root.find('metadata', 'annotations');
    // Annotations of another group name an issuer of another controller.
    if (annotations?.find('cert-manager.io/issuer-group')) return;
    yield* edgeTo('issued-by', source, annotations?.find('cert-manager.io/issuer'), [ISSUER], graph);
    yield* edgeTo('issued-by', source, annotations?.find('cert-manager.io/cluster-issuer'), [CLUSTER_ISSUER], graph);
  },
};
