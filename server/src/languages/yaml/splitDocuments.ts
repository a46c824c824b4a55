import type { Span } from '../../text/sourceText.ts';

/**
 * Cuts a YAML stream at its `---` markers, each marker belonging to the document that it starts. In YAML a `---` at the
 * start of a line always ends the document before it, whatever scalar it seems to stand in, so no parsing is needed.
 * Comments and directives (`%YAML …`) above the first marker belong to the first document.
 */
export function splitDocuments(text: string): Span[] {
  const spans: Span[] = [];
  const marker = /^---(?=[ \t\r\n]|$)/gm;
  let start = 0;
  for (let match = marker.exec(text); match; match = marker.exec(text)) {
    if (match.index === start) continue;
    if (start === 0 && isPreamble(text.slice(0, match.index))) continue;
    spans.push({ start, end: match.index });
    start = match.index;
  }
  spans.push({ start, end: text.length });
  return spans;
}

function isPreamble(text: string): boolean {
  return text.split('\n').every((line) => /^[ \t\r\uFEFF]*(?:[#%].*)?$/.test(line));
}
