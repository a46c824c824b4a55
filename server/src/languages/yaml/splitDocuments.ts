import type { Span } from '../../text/sourceText.ts';

/**
 * Cuts a YAML stream at its `---` markers, each marker belonging to the document that it starts. In YAML a `---` at the
 * start of a line always ends the document before it, whatever scalar it seems to stand in, so no parsing is needed.
 * Comments and directives (`%YAML …`) above the first marker belong to the first document. JSON objects one after
 * another are documents of their own, as kubectl reads them.
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
  return spans.flatMap((span) => splitObjects(text, span));
}

function isPreamble(text: string): boolean {
  return text.split('\n').every((line) => /^[ \t\r\uFEFF]*(?:[#%].*)?$/.test(line));
}

const FIRST_OBJECT = /^\uFEFF?(?:---)?\s*\{/;
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]'#]/gs;
const NEXT_OBJECT = /\s*\{/y;

/** Cuts where one JSON object ends and the next begins. What only YAML writes, a comment or `'`, is no JSON. */
function splitObjects(text: string, span: Span): readonly Span[] {
  const part = span.start === 0 && span.end === text.length ? text : text.slice(span.start, span.end);
  if (!FIRST_OBJECT.test(part)) return [span];
  const cuts: number[] = [];
  let depth = 0;
  for (const { 0: token, index } of part.matchAll(TOKEN)) {
    if (token === "'" || token === '#') return [span];
    if (token === '{' || token === '[') depth++;
    if (token !== '}' && token !== ']') continue;
    depth--;
    NEXT_OBJECT.lastIndex = index + 1;
    if (depth === 0 && token === '}' && NEXT_OBJECT.test(part)) cuts.push(NEXT_OBJECT.lastIndex - 1);
  }
  const starts = [0, ...cuts];
  return starts.map((start, index) => ({
    start: span.start + start,
    end: span.start + (starts[index + 1] ?? part.length),
  }));
}
