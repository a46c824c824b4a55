import type { ParsedFile } from '../languages/language.ts';
import type { SourceNode } from '../text/sourceNode.ts';
import type { Span } from '../text/sourceText.ts';
import { nodeAt } from './nodeAt.ts';

/**
 * What encloses `offset`, from the innermost out: the word, the key or value, the whole entry, the map or list that it
 * stands in, and so on up to the document and the file. Each span holds the one before it and is larger.
 */
export function selectionSpans({ roots, source }: ParsedFile, offset: number): Span[] {
  const { text } = source;
  const candidates: Span[] = [wordAt(text, offset)];
  let node: SourceNode | undefined = nodeAt(roots, offset);
  if (node?.keySpan && offset >= node.keySpan.start && offset <= node.keySpan.end) candidates.push(node.keySpan);
  for (; node; node = node.parent) {
    const { keySpan, span } = node;
    candidates.push(trimmed(text, span));
    if (keySpan) candidates.push(trimmed(text, { start: keySpan.start, end: Math.max(keySpan.end, span.end) }));
  }
  candidates.push({ start: 0, end: text.length });
  const spans: Span[] = [];
  for (const span of candidates) {
    const inner = spans.at(-1);
    const holds = span.start <= offset && offset <= span.end && span.end > span.start;
    const grows =
      !inner || (span.start <= inner.start && span.end >= inner.end && span.end - span.start > inner.end - inner.start);
    if (holds && grows) spans.push(span);
  }
  return spans;
}

function wordAt(text: string, offset: number): Span {
  let start = offset;
  let end = offset;
  while (start > 0 && /[\w$]/.test(text[start - 1]!)) start--;
  while (end < text.length && /[\w$]/.test(text[end]!)) end++;
  return { start, end };
}

/** Block collections reach to the next key; nobody means the line breaks between. */
function trimmed(text: string, { start, end }: Span): Span {
  let last = end;
  while (last > start && /\s/.test(text[last - 1]!)) last--;
  return { start, end: last };
}
