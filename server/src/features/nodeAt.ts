import type { SourceNode } from '../text/sourceNode.ts';

/** The deepest node whose key or value holds `offset`; an end counts, because a cursor stands between characters. */
export function nodeAt(roots: readonly SourceNode[], offset: number): SourceNode | undefined {
  let found: SourceNode | undefined;
  let candidates = roots;
  for (;;) {
    // A block collection ends where the next key begins: the later of two neighbours is meant.
    const next = candidates.findLast((node) => holds(node, offset));
    if (!next) return found;
    found = next;
    candidates = next.entries;
  }
}

function holds({ span, keySpan }: SourceNode, offset: number): boolean {
  const start = Math.min(span.start, keySpan?.start ?? span.start);
  const end = Math.max(span.end, keySpan?.end ?? span.end);
  return offset >= start && offset <= end;
}
