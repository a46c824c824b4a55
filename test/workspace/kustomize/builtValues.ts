import { LANGUAGES } from '../../../server/src/languages/languages.ts';
import type { SourceNode } from '../../../server/src/text/sourceNode.ts';
import { type Snapshot, World } from '../../../server/src/workspace/world.ts';

export const FOLDER = 'file:///shop/';

/** The state of a workspace with these files. */
export function snapshotOf(files: Readonly<Record<string, string>>): Snapshot {
  const world = new World(LANGUAGES);
  world.apply(Object.entries(files).map(([name, text]) => ({ uri: FOLDER + name, text })));
  return world.snapshot();
}

/** The objects of one overlay as plain values, by kind, namespace and name; undefined stands for what is unknown. */
export function builtValues(files: Readonly<Record<string, string>>, overlay = 'overlay/'): Map<string, unknown> {
  const { graph } = snapshotOf(files);
  const objects = graph
    .all()
    .filter((resource) => graph.setOf(resource) === `kustomize:${FOLDER}${overlay}`)
    .filter(({ type }) => type !== 'kustomize/Kustomization');
  return new Map(objects.map(({ root }) => [idOf(root.value), knownValue(root)]));
}

/** The value of a node; undefined where files that are not read have a say. */
function knownValue(node: SourceNode): unknown {
  if (node.open) return undefined;
  if (node.kind === 'list') return node.items.map(knownValue);
  if (node.kind !== 'map') return node.value;
  return Object.fromEntries(node.entries.map((entry) => [entry.key, knownValue(entry)]));
}

/** What tells an object apart from all others. */
export function idOf(object: unknown): string {
  const { kind, metadata } = object as { kind?: string; metadata?: { name?: string; namespace?: string } };
  return `${kind} ${metadata?.namespace ?? '-'} ${metadata?.name}`;
}
