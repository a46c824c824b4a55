import { secretKind } from '../patterns/secret-management/secretValues.ts';
import type { SourceNode } from '../text/sourceNode.ts';
import type { Snapshot } from '../workspace/world.ts';

const MASK = '***';

/** Shorter values are too common in other words to be masked wherever they stand. */
const SHORTEST_LENGTH = 4;

/** The values in a file that nobody but their owner is to read, as they are written: those of Secrets, and what is named like one. */
export function secretTexts({ files, graph }: Snapshot, uri: string): string[] {
  const found = new Set<string>();
  const keep = (node: SourceNode): void => {
    const { source, span } = node;
    for (const text of [node.text() ?? '', source.text.slice(span.start, span.end)]) {
      // A block scalar is masked line by line, however it is indented.
      for (const line of text.split(/\r?\n/)) if (line.trim().length >= SHORTEST_LENGTH) found.add(line.trim());
    }
  };
  for (const resource of graph.inFile(uri)) {
    if (resource.type !== 'Secret') continue;
    for (const field of ['data', 'stringData']) {
      for (const entry of resource.root.find(field)?.entries ?? []) keep(entry);
    }
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
  return [...found].sort((a, b) => b.length - a.length);
}

/** The same text with each of the secrets masked. */
export function masked(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, MASK), text);
}
