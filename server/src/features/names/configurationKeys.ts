import type { SourceNode } from '../../text/sourceNode.ts';
import { SECRET_TYPES } from '../../workspace/edges/configuration.ts';
import type { Resource } from '../../workspace/resource.ts';
import { describe } from '../../workspace/resource.ts';
import type { NameFinder } from './nameFinder.ts';

/** The keys of the ConfigMap or Secret that stands beside the field; never their values. */
export const configurationKeys: NameFinder = {
  path: /(?:^|\.)(?:key|subPath)$/,
  *find({ graph, node, resource }) {
    const holder = node.parent?.parent?.key === 'items' ? node.parent.parent.parent : node.parent;
    const isSecret = /secret/i.test(holder?.key ?? '');
    if (!holder || !(isSecret || /configMap/i.test(holder.key ?? ''))) return;
    const name = holder.text('name') ?? holder.text('secretName');
    if (name === undefined) return;
    const target = graph.lookup(resource, isSecret ? SECRET_TYPES : ['ConfigMap'], name);
    if (target.status !== 'found') return;
    for (const value of keysOf(target.resource)) yield { value, detail: `key of ${describe(target.resource)}` };
  },
};

/** The keys that an object puts into its ConfigMap or Secret. */
export function* keysOf({ root, type }: Resource): Generator<string> {
  const names = (...path: readonly string[]): readonly SourceNode[] => root.find(...path)?.entries ?? [];
  if (type === 'cert-manager.io/Certificate') yield* ['tls.crt', 'tls.key', 'ca.crt'];
  for (const { key } of [
    ...names('data'),
    ...names('stringData'),
    ...names('binaryData'),
    ...names('spec', 'encryptedData'),
    ...names('spec', 'target', 'template', 'data'),
  ]) {
    if (key !== undefined) yield key;
  }
  for (const entry of root.find('spec', 'data')?.items ?? []) {
    const key = entry.text('secretKey');
    if (key !== undefined) yield key;
  }
}
