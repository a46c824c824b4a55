import { secretKind } from '../patterns/secret-management/secretValues.ts';
import type { SourceNode } from '../text/sourceNode.ts';
import type { TextEdit } from '../text/sourceText.ts';
import type { Snapshot } from '../workspace/world.ts';

const MASK = '***';

/** Shorter values are too common in other words to be masked wherever they stand. */
const SHORTEST_LENGTH = 6;

/** The values in a file that nobody but their owner is to read: those of Secrets, and what is named like one or looks like one. */
export function secretsIn({ files, graph }: Snapshot, uri: string): readonly SourceNode[] {
  const found = new Map<number, SourceNode>();
  const keep = (node: SourceNode): void => {
    if (node.source.uri === uri && node.span.end > node.span.start) found.set(node.span.start, node);
  };
  for (const resource of graph.inFile(uri)) {
    if (resource.type !== 'Secret') continue;
    for (const field of ['data', 'stringData'])
      for (const entry of resource.root.find(field)?.entries ?? []) keep(entry);
  }
  const pending = [...(files.get(uri)?.parsed.roots ?? [])];
  for (let node = pending.pop(); node; node = pending.pop()) {
    pending.push(...node.entries);
    const text = node.text();
    if (text === undefined) continue;
    // The value of an environment variable is called what its neighbour says.
    const name = node.key === 'value' ? (node.parent?.text('name') ?? 'value') : node.key;
    if (name !== undefined && secretKind(name, text)) keep(node);
  }
  return [...found.values()];
}

/** A sentence about the file without its secrets. */
export function withoutSecrets(text: string, secrets: readonly SourceNode[]): string {
  const values = secrets
    .flatMap((node) => (node.text() ?? '').split(/\r?\n/).map((line) => line.trim()))
    .filter((value) => value.length >= SHORTEST_LENGTH);
  return values.sort((a, b) => b.length - a.length).reduce((rest, value) => rest.replaceAll(value, MASK), text);
}

/** The edits that mask the secrets of a file, but for those that `others` replace anyway. */
export function maskingEdits(secrets: readonly SourceNode[], others: readonly TextEdit[]): TextEdit[] {
  return secrets
    .map(({ source, span }) => ({ uri: source.uri, span, newText: MASK }))
    .filter(({ span }) => others.every((other) => other.span.end <= span.start || other.span.start >= span.end));
}
