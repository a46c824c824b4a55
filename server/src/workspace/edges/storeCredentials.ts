import type { SourceNode } from '../../text/sourceNode.ts';
import type { EdgeFinder } from '../resourceGraph.ts';
import { SECRET_TYPES } from './configuration.ts';
import { edgeTo } from './edgeTo.ts';

/** Stores of External Secrets → the Secrets and the ServiceAccount by which they prove who they are. */
export const storeCredentials: EdgeFinder = {
  relation: 'proves-by',
  from: ['external-secrets.io/SecretStore', 'external-secrets.io/ClusterSecretStore'],
  *find(source, graph) {
    const provider = source.root.find('spec', 'provider');
    if (!provider) return;
    for (const reference of references(provider)) {
      // A store of the cluster says in which namespace; that of a namespace looks into its own.
      const namespace = reference.text('namespace') ?? source.namespace;
      if (namespace === '' || reference.find('namespace')?.kind === 'unknown') continue;
      const to = reference.key === 'serviceAccountRef' ? ['ServiceAccount'] : SECRET_TYPES;
      yield* edgeTo('proves-by', source, reference.find('name'), to, graph, namespace);
    }
  },
};

/** Every `…SecretRef` and `serviceAccountRef` below a provider, however deep. */
function* references(node: SourceNode): Iterable<SourceNode> {
  for (const entry of node.entries) {
    const isReference = /(?:^secretRef|SecretRef|^secretKeyRef|^serviceAccountRef)$/.test(entry.key ?? '');
    if (isReference && entry.find('name')) yield entry;
    else yield* references(entry);
  }
}
