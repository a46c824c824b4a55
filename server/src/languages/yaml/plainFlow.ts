import {
  CARRIAGE_RETURN,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DASH,
  DOUBLE_QUOTE,
  type EntryKey,
  HASH,
  isEmpty,
  LINE_FEED,
  NOT_PLAIN,
  OPEN_BRACE,
  OPEN_BRACKET,
  type PlainCursor,
  SINGLE_QUOTE,
  SPACE,
  TAB,
} from './plainCursor.ts';
import type { MutableNode } from './templateMarks.ts';

/**
 * Reads `{…}` or `[…]` at the cursor, over as many lines as it takes, and leaves the cursor behind its bracket. Scalars
 * end on their line, and every key of a map has a value.
 *
 * @param indent columns by which further lines must be indented
 * @param level how many flow collections this one stands in
 */
export function readFlow(
  cursor: PlainCursor,
  key: EntryKey | undefined,
  indent: number,
  depth: number,
  level = 1,
): MutableNode {
  cursor.checkDepth(depth);
  const start = cursor.position;
  const isMap = cursor.code() === OPEN_BRACE;
  const closing = isMap ? CLOSE_BRACE : CLOSE_BRACKET;
  const map = cursor.newMap();
  cursor.position++;
  for (;;) {
    skipBlank(cursor, indent, level);
    if (cursor.code() === closing) break;
    if (isMap) {
      const entryKey = readKey(cursor);
      skipBlank(cursor, indent, level);
      cursor.addEntry(map, entryKey, readValue(cursor, entryKey, indent, depth, level));
    } else {
      map.children.push(cursor.marks.marked(readValue(cursor, undefined, indent, depth, level)));
    }
    skipBlank(cursor, indent, level);
    if (cursor.code() === COMMA) cursor.position++;
    else if (cursor.code() !== closing) throw NOT_PLAIN;
  }
  cursor.position++;
  const node = cursor.collection(key, isMap ? 'map' : 'list', start, cursor.position, map.children, true);
  return map.open ? Object.assign(node, { open: true }) : node;
}

function readKey(cursor: PlainCursor): EntryKey {
  scanScalar(cursor);
  if (cursor.code() !== COLON) throw NOT_PLAIN;
  cursor.position++;
  // Only behind a quoted key may the value follow at once.
  if (!cursor.tokenQuoted && !isEmpty(cursor.code())) throw NOT_PLAIN;
  return cursor.keyOfToken();
}

function readValue(
  cursor: PlainCursor,
  key: EntryKey | undefined,
  indent: number,
  depth: number,
  level: number,
): MutableNode {
  const code = cursor.code();
  if (code === OPEN_BRACE || code === OPEN_BRACKET) return readFlow(cursor, key, indent, depth + 1, level + 1);
  scanScalar(cursor);
  return cursor.nodeOfToken(key);
}

function scanScalar(cursor: PlainCursor): void {
  const code = cursor.code();
  if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) cursor.scanQuoted();
  else scanPlain(cursor);
}

function scanPlain(cursor: PlainCursor): void {
  const next = cursor.code(1);
  cursor.checkPlainStart(isEmpty(next) || isFlowIndicator(next));
  const { text, position: start } = cursor;
  let end = start;
  for (let index = start; ; index++) {
    const code = text.charCodeAt(index);
    if (code === COLON) {
      const behind = text.charCodeAt(index + 1);
      if (isEmpty(behind) || isFlowIndicator(behind)) break;
      end = index + 1;
    } else if (code === SPACE || code === TAB) {
      if (text.charCodeAt(index + 1) === HASH) break;
    } else if (isEmpty(code) || isFlowIndicator(code)) {
      break;
    } else {
      end = index + 1;
    }
  }
  cursor.setPlainToken(start, end);
  cursor.position = end;
}

function isFlowIndicator(code: number): boolean {
  return (
    code === COMMA || code === OPEN_BRACKET || code === CLOSE_BRACKET || code === OPEN_BRACE || code === CLOSE_BRACE
  );
}

/** Skips blanks, line breaks and comments, and sees to it that further lines are indented enough. */
function skipBlank(cursor: PlainCursor, indent: number, level: number): void {
  let lineStart = -1;
  for (;;) {
    cursor.skipSpaces();
    const code = cursor.code();
    if (code === HASH) {
      // At the start of a line the library takes some of them for faults.
      if (cursor.code(-1) !== SPACE) throw NOT_PLAIN;
      cursor.skipToLineEnd();
    } else if (code === CARRIAGE_RETURN || code === LINE_FEED) {
      cursor.position += code === CARRIAGE_RETURN ? 2 : 1;
      lineStart = cursor.position;
    } else {
      if (lineStart >= 0) checkIndent(cursor, cursor.position - lineStart, indent, level);
      return;
    }
  }
}

function checkIndent(cursor: PlainCursor, column: number, indent: number, level: number): void {
  const code = cursor.code();
  if (column === 0 && (code === DASH || code === 46)) throw NOT_PLAIN;
  if (column >= indent) return;
  const isLast = level === 1 && (code === CLOSE_BRACE || code === CLOSE_BRACKET);
  if (!isLast || column !== indent - 1) throw NOT_PLAIN;
}
