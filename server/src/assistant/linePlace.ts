import type { Place } from '../text/sourceNode.ts';

/** A place as editors show it: lines and columns from 1, the end behind the last character. */
export function linePlace({ source, span }: Place) {
  const { start, end } = source.range(span);
  return { line: start.line + 1, column: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
}
