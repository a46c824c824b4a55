import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { WORKLOAD_TYPES } from '../../workspace/kubernetes/workload.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';

/** A key that the made Secret does not hold keeps the container from starting, as one that nobody wrote does. */
export const rule = defineRule({
  id: 'secret-management/key-not-returned',
  severity: 'error',
  profile: 'recommended',
  types: WORKLOAD_TYPES,
  *check(resource, graph) {
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'configured-by')) {
      if (target.status !== 'found') continue;
      const keys = returnedKeys(target.resource, writtenAt.text());
      if (!keys) continue;
      for (const key of wantedKeys(writtenAt)) {
        const wanted = key.text();
        if (wanted === undefined || keys.includes(wanted)) continue;
        const near = nearestName(wanted, keys);
        yield {
          at: key,
          message: `${describeOther(target.resource)} returns no key ${wanted}, only ${keys.slice(0, 8).join(', ')}.`,
          related: [
            {
              at: target.resource.root.find('metadata', 'name') ?? target.resource.root,
              message: 'It makes the Secret.',
            },
          ],
          fixes: near ? [{ title: `Use the key ${near}`, safe: false, edits: () => [replaceValue(key, near)] }] : [],
        };
      }
    }
  },
});

/** The keys that a reference to a Secret asks for: of a variable, or of the items of a volume. */
function wantedKeys(name: SourceNode): readonly SourceNode[] {
  const reference = name.parent;
  const key = reference?.find('key');
  if (key) return [key];
  return (reference?.find('items')?.items ?? []).flatMap((item) => item.find('key') ?? []);
}

/** The keys of the Secret of that name that an object makes; undefined where the store, or a template, decides. */
function returnedKeys({ type, name, root }: Resource, secret: string | undefined): readonly string[] | undefined {
  const spec = root.find('spec');
  if (!spec) return undefined;
  if (type === 'bitnami.com/SealedSecret') {
    const sealed = spec.find('encryptedData');
    const keys = [...(sealed?.entries ?? []), ...(spec.find('template', 'data')?.entries ?? [])];
    return sealed && !sealed.open ? keys.flatMap(({ key }) => key ?? []) : undefined;
  }
  if (type !== 'external-secrets.io/ExternalSecret') return undefined;
  if ((spec.text('target', 'name') ?? name) !== secret) return undefined;
  if (!spec.lacks('dataFrom') || !spec.lacks('target', 'template')) return undefined;
  // Merged into a Secret that others write, it is not all that there is.
  const policy = spec.text('target', 'creationPolicy');
  if (policy !== undefined && policy !== 'Owner' && policy !== 'Orphan') return undefined;
  const data = spec.find('data');
  if (!data || data.open) return undefined;
  const keys = data.items.map((item) => item.text('secretKey'));
  return keys.every((key) => key !== undefined) ? keys : undefined;
}
