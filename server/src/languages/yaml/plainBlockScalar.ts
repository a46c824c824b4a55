import { type EntryKey, NOT_PLAIN, type PlainCursor } from './plainCursor.ts';
import { foldBlock } from './plainScalars.ts';
import type { MutableNode } from './templateMarks.ts';

const HEADER = /[|>]-? *(?:(?<= )#[^\n]*|\r?)\n/y;

/**
 * Reads a literal (`|`) or folded (`>`) block scalar at the cursor, with or without `-`, and leaves the cursor at the
 * start of the line behind it. Its text must be indented by at least `indent` columns. Those that keep their last line
 * breaks (`+`), say their indentation or have no text are left to the library.
 */
export function readBlockScalar(cursor: PlainCursor, key: EntryKey | undefined, indent: number): MutableNode {
  const { text, position: start } = cursor;
  HEADER.lastIndex = start;
  if (!HEADER.test(text)) throw NOT_PLAIN;
  const contentStart = HEADER.lastIndex;
  const { lines, end } = readLines(text, contentStart, indent);
  const isFolded = text[start] === '>';
  const leading = lines.findIndex((line) => line !== '');
  const body = isFolded ? '\n'.repeat(leading) + foldBlock(lines.slice(leading)) : lines.join('\n');
  const value = text[start + 1] === '-' ? body : `${body}\n`;
  cursor.position = end;
  return cursor.scalar(key, start, end, value, true, true);
}

/** The lines without their indentation up to the last that is not blank, and the offset behind it. */
function readLines(text: string, from: number, least: number): { lines: string[]; end: number } {
  const lines: string[] = [];
  let column = -1;
  let end = from;
  let count = 0;
  for (let lineStart = from; lineStart < text.length; ) {
    let index = lineStart;
    while (text.charCodeAt(index) === 32) index++;
    const lineFeed = text.indexOf('\n', index);
    const lineEnd = lineFeed < 0 ? text.length : lineFeed;
    const next = lineFeed < 0 ? text.length : lineFeed + 1;
    const contentEnd = lineFeed > index && text.charCodeAt(lineFeed - 1) === 13 ? lineFeed - 1 : lineEnd;
    const own = index - lineStart;
    if (contentEnd === index) {
      // How blanks count that are no indentation depends on what stands around them.
      if (own > 0 && (column < 0 || own > column || lineFeed < 0)) throw NOT_PLAIN;
      lines.push('');
    } else {
      if (column < 0) column = own;
      if (own < column || own < least) {
        if (count === 0 || text.charCodeAt(index) === 9) throw NOT_PLAIN;
        break;
      }
      lines.push(text.slice(lineStart + column, contentEnd));
      count = lines.length;
      end = next;
    }
    lineStart = next;
  }
  if (count === 0 || column < least) throw NOT_PLAIN;
  lines.length = count;
  return { lines, end };
}
