import { kubernetesPlace } from '../../server/src/features/kubernetesPlace.ts';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { fieldsAt } from '../../server/src/schema/fieldsAt.ts';
import type { SourceNode } from '../../server/src/text/sourceNode.ts';
import { World } from '../../server/src/workspace/world.ts';
import { index } from '../schema/schemas.ts';

/** A key that is written in a file and that the schema of its object knows. */
export interface KnownKey {
  readonly name: string;
  /** Of the first character of the name, behind a quote. */
  readonly offset: number;
}

/** Every key of the manifests in a text for which the bundled schemas have a field. */
export function knownKeys(uri: string, text: string): KnownKey[] {
  const world = new World(LANGUAGES);
  world.apply([{ uri, text }]);
  const file = world.snapshot().files.get(uri);
  if (file?.language.id !== 'yaml') return [];
  return file.parsed.roots.flatMap((root) => [...keysBelow(root)].flatMap((node) => knownKey(root, node, text)));
}

function knownKey(root: SourceNode, node: SourceNode, text: string): KnownKey[] {
  const { key: name, keySpan } = node;
  // A key that stands twice is one too many: it is not offered a third time.
  const twins = node.parent?.entries.filter(({ key }) => key === name).length ?? 0;
  if (name === undefined || !keySpan || twins > 1) return [];
  const place = kubernetesPlace(root, node.path.slice(0, -1), index);
  if (!place.resource || !fieldsAt(place.resource.schema, place.path).some((field) => field.name === name)) return [];
  const written = text.slice(keySpan.start, keySpan.end);
  return written.includes(name) ? [{ name, offset: keySpan.start + written.indexOf(name) }] : [];
}

function* keysBelow(node: SourceNode): Generator<SourceNode> {
  for (const entry of node.entries) {
    yield entry;
    yield* keysBelow(entry);
  }
  for (const item of node.items) yield* keysBelow(item);
}
