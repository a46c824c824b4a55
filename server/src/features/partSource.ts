import { portNameFault } from '../rules/parts/portNames.ts';
import { formatFault } from '../schema/formats.ts';
import type { Place } from '../text/sourceNode.ts';
import type { Span } from '../text/sourceText.ts';
import type { Cursor, FeatureSource } from './languageFeatures.ts';
import { type PartKind, type PartReference, partsOfSet } from './manifests/namedParts.ts';

/** Names within objects, and who means them: keys of ConfigMaps and Secrets, ports, volumes, subsets. */
export const partSource: FeatureSource = {
  *definitions(cursor) {
    for (const { target, writtenAt } of partsAround(cursor)) if (holds(writtenAt, cursor)) yield named(target);
  },

  *references(cursor) {
    for (const { writtenAt } of meant(cursor)) yield named(writtenAt);
  },

  *highlights(cursor) {
    const { uri } = cursor.file.parsed.source;
    for (const { target, writtenAt } of meant(cursor)) {
      if (target.source.uri === uri) yield { span: named(target).span, kind: 'write' };
      if (writtenAt.source.uri === uri) yield { span: named(writtenAt).span, kind: 'read' };
    }
  },

  renameSpan(cursor) {
    const [first] = meant(cursor);
    if (!first) return undefined;
    return named(holds(first.writtenAt, cursor) ? first.writtenAt : first.target).span;
  },

  rename(cursor, newName) {
    const parts = meant(cursor);
    const [first] = parts;
    if (!first) return undefined;
    const fault = FAULTS[first.kind](newName);
    if (fault !== undefined)
      return { status: 'refused', reason: `${newName} is no name for a ${first.kind}: ${fault}.` };
    const places = parts.flatMap(({ target, writtenAt }) => [named(target), named(writtenAt)]);
    const edits = places.map(({ source, span }) => ({ uri: source.uri, span, newText: newName }));
    return {
      status: 'edits',
      edits: [...new Map(edits.map((edit) => [`${edit.uri} ${edit.span.start}`, edit])).values()],
    };
  },
};

/** Why a name is refused for a kind of part. */
const FAULTS: Readonly<Record<PartKind, (name: string) => string | undefined>> = {
  key: (name) =>
    /^[-._a-zA-Z0-9]+$/.test(name) ? undefined : 'it may hold letters, digits, hyphens, underscores and dots',
  port: portNameFault,
  subset: (name) => (/^[\w.-]+$/.test(name) ? undefined : 'it may hold letters, digits, hyphens, underscores and dots'),
  volume: (name) => {
    const fault = formatFault('dns-label', name);
    return fault === undefined ? undefined : `it ${fault}`;
  },
};

function partsAround({ file, offset, snapshot }: Cursor): PartReference[] {
  if (file.parsed.language !== 'yaml') return [];
  const { uri } = file.parsed.source;
  return snapshot.graph
    .inFile(uri)
    .filter(
      ({ apiVersion, built, root }) =>
        apiVersion !== '' && (built || (offset >= root.span.start && offset <= root.span.end)),
    )
    .flatMap((resource) => partsOfSet(resource, snapshot.graph));
}

/**
 * The uses that the cursor means by either end, with every other use that a rename must follow: a port's name may be
 * given by several workloads at once.
 */
function meant(cursor: Cursor): PartReference[] {
  const all = partsAround(cursor);
  const found = new Set(all.filter(({ target, writtenAt }) => holds(writtenAt, cursor) || holds(target, cursor)));
  const places = new Set<string>();
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const { target, writtenAt } of found) places.add(keyOf(target)).add(keyOf(writtenAt));
    for (const part of all) if (places.has(keyOf(part.target)) || places.has(keyOf(part.writtenAt))) found.add(part);
  }
  return [...found];
}

function keyOf({ source, span }: Place): string {
  return `${source.uri} ${span.start}`;
}

function holds({ source, span }: Place, { file, offset }: Cursor): boolean {
  return source.uri === file.parsed.source.uri && offset >= span.start && offset <= span.end;
}

/** The name itself, without the quotes around it. */
function named({ source, span }: Place): { source: Place['source']; span: Span } {
  const text = source.slice(span);
  const quotes = /^(["']).*\1$/s.test(text) ? 1 : 0;
  return { source, span: { start: span.start + quotes, end: span.end - quotes } };
}
