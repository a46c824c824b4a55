import type { RawNode } from '../../text/sourceNode.ts';
import { readBlockScalar } from './plainBlockScalar.ts';
import {
  CARRIAGE_RETURN,
  COLON,
  DASH,
  DOUBLE_QUOTE,
  type EntryKey,
  HASH,
  isEmpty,
  LINE_FEED,
  NOT_PLAIN,
  OPEN_BRACE,
  OPEN_BRACKET,
  PlainCursor,
  SINGLE_QUOTE,
  SPACE,
  TAB,
} from './plainCursor.ts';
import { readFlow } from './plainFlow.ts';
import { foldPlain } from './plainScalars.ts';
import type { MutableNode, TemplateMarks } from './templateMarks.ts';

/** A carriage return without its line feed, line breaks of Unicode, and byte order marks that are not at the start. */
const ODD_CHARACTER = /\r(?!\n)|[\u2028\u2029]|(?!^)\uFEFF/;

/**
 * Reads a document that is written in the plain subset of YAML, which nearly every manifest is: block maps and lists,
 * scalars, flow collections and comments, without anchors, aliases, tags, merge and explicit keys, directives and tabs.
 * Gives the tree that `readWithLibrary` gives, to the last offset, in a tenth of its time; undefined for everything
 * else, and for every document with a fault, whose words are the library's part.
 */
export function readPlain(text: string, marks: TemplateMarks): RawNode | undefined {
  if (ODD_CHARACTER.test(text)) return undefined;
  try {
    return new PlainReader(new PlainCursor(text, marks)).readDocument();
  } catch (error) {
    if (error === NOT_PLAIN) return undefined;
    throw error;
  }
}

/**
 * Reads block style from front to back. Between two calls the cursor stands at the first character of a line that is
 * neither blank nor a comment, and `#column` is its column, or -1 at the end of the text.
 *
 * A block collection ends where the line of its last value ends. Comments below it lengthen it when they are indented
 * like its entries; those that are indented further belong to the scalar above them.
 */
class PlainReader {
  readonly #cursor: PlainCursor;
  #column = -1;
  /** Where the value that was read last ends, with the comments that belong to it. */
  #fullEnd = 0;
  /** Greatest column of the comments that stand above the cursor and belong to nothing yet; -1 without any. */
  #looseComment = -1;
  /** Least column of the comments that were skipped last. */
  #leastComment = Number.POSITIVE_INFINITY;
  /** A comment was skipped since the value or key before it. */
  #sawComment = false;

  constructor(cursor: PlainCursor) {
    this.#cursor = cursor;
  }

  readDocument(): RawNode {
    const cursor = this.#cursor;
    if (cursor.code() === 0xfeff) {
      cursor.position++;
      // The library does not count the indentation of a line that begins with a byte order mark.
      if (cursor.code() === SPACE || cursor.code() === DASH) throw NOT_PLAIN;
    }
    this.#skipBlankLines(-1, true);
    if (this.#column === 0 && cursor.text.startsWith('---', cursor.position)) {
      cursor.position += 3;
      if (!isEmpty(cursor.code())) throw NOT_PLAIN;
      this.#endLine();
      this.#skipBlankLines(-1);
    }
    if (this.#column < 0) throw NOT_PLAIN;
    cursor.marks.startAt(cursor.position);
    const code = cursor.code();
    let root: MutableNode;
    if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      root = readFlow(cursor, undefined, 0, 0);
      this.#endLine();
      this.#skipBlankLines(-1);
    } else {
      root = this.#readBlock(undefined, -1, 0);
    }
    if (this.#column >= 0) throw NOT_PLAIN;
    cursor.marks.openWrittenInto(root);
    return root;
  }

  /** Reads what begins at the cursor on a line of its own, or behind a dash, within a collection at column `level`. */
  #readBlock(key: EntryKey | undefined, level: number, depth: number): MutableNode {
    const cursor = this.#cursor;
    cursor.checkDepth(depth);
    const code = cursor.code();
    if (code === DASH && isEmpty(cursor.code(1))) return this.#readList(key, depth);
    if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) cursor.scanQuoted();
    else if (code === OPEN_BRACE || code === OPEN_BRACKET || code === 124 || code === 62) {
      return this.#readInline(key, level, depth);
    } else this.#scanPlain(level + 1);
    if (cursor.code() === COLON && isEmpty(cursor.code(1))) return this.#readMap(key, depth);
    if (level < 0) throw NOT_PLAIN;
    const node = cursor.nodeOfToken(key);
    this.#endValue(level);
    return node;
  }

  /** Reads a value that is no block collection. */
  #readInline(key: EntryKey | undefined, level: number, depth: number): MutableNode {
    const cursor = this.#cursor;
    if (level < 0) throw NOT_PLAIN;
    let node: MutableNode;
    switch (cursor.code()) {
      case 124:
      case 62:
        node = readBlockScalar(cursor, key, level + 1);
        this.#fullEnd = cursor.position;
        this.#skipBlankLines(-1);
        return node;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        node = readFlow(cursor, key, level + 1, depth + 1);
        break;
      case DOUBLE_QUOTE:
      case SINGLE_QUOTE:
        cursor.scanQuoted();
        node = cursor.nodeOfToken(key);
        break;
      default:
        this.#scanPlain(level + 1);
        node = cursor.nodeOfToken(key);
    }
    this.#endValue(level);
    return node;
  }

  /** Reads a map whose first key was just scanned. */
  #readMap(key: EntryKey | undefined, depth: number): MutableNode {
    const cursor = this.#cursor;
    const start = cursor.tokenStart;
    const column = this.#column;
    const map = cursor.newMap();
    for (;;) {
      const entryKey = cursor.keyOfToken();
      cursor.position++;
      cursor.skipSpaces();
      const value = isLineEnd(cursor)
        ? this.#readBelowKey(entryKey, column, depth)
        : this.#readInline(entryKey, column, depth);
      cursor.addEntry(map, entryKey, value);
      if (this.#column < column) break;
      if (this.#column > column) throw NOT_PLAIN;
      this.#looseComment = -1;
      const code = cursor.code();
      if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) cursor.scanQuoted();
      else this.#scanPlain(Number.POSITIVE_INFINITY);
      if (cursor.code() !== COLON || !isEmpty(cursor.code(1))) throw NOT_PLAIN;
    }
    const node = cursor.collection(key, 'map', start, this.#fullEnd, map.children, false);
    if (map.open) node.open = true;
    this.#endCollection(column);
    return node;
  }

  /** The value of a key that is alone on its line: a block below it, or nothing. */
  #readBelowKey(key: EntryKey, column: number, depth: number): MutableNode {
    const cursor = this.#cursor;
    const emptyAt = cursor.position;
    this.#sawComment = false;
    this.#endLine();
    this.#skipBlankLines(-1);
    if (this.#column > column) return this.#readBelow(key, column, depth);
    const isDash = cursor.code() === DASH && isEmpty(cursor.code(1));
    if (this.#column === column && isDash) return this.#readList(key, depth + 1);
    return this.#emptyValue(key, emptyAt);
  }

  #readList(key: EntryKey | undefined, depth: number): MutableNode {
    const cursor = this.#cursor;
    cursor.checkDepth(depth);
    const start = cursor.position;
    const column = this.#column;
    const children: MutableNode[] = [];
    let sawComment = false;
    for (;;) {
      const dash = cursor.position;
      cursor.position++;
      cursor.skipSpaces();
      children.push(cursor.marks.marked(this.#readItem(dash, column, sawComment, depth)));
      if (this.#column < column) break;
      if (this.#column > column) throw NOT_PLAIN;
      if (cursor.code() !== DASH || !isEmpty(cursor.code(1))) break;
      sawComment = this.#looseComment >= 0;
      this.#looseComment = -1;
    }
    const node = cursor.collection(key, 'list', start, this.#fullEnd, children, false);
    this.#endCollection(column);
    return node;
  }

  #readItem(dash: number, column: number, commentAbove: boolean, depth: number): MutableNode {
    const cursor = this.#cursor;
    if (!isLineEnd(cursor)) {
      this.#column = column + cursor.position - dash;
      return this.#readBlock(undefined, column, depth + 1);
    }
    const emptyAt = cursor.position;
    this.#sawComment = commentAbove;
    this.#endLine();
    this.#skipBlankLines(-1);
    if (this.#column > column) return this.#readBelow(undefined, column, depth);
    return this.#emptyValue(undefined, emptyAt);
  }

  /** Reads a value that begins on a line below its key or dash, which stands at `column`. */
  #readBelow(key: EntryKey | undefined, column: number, depth: number): MutableNode {
    // Such a comment in between makes the library forget how far the value must be indented.
    if (this.#leastComment <= column) throw NOT_PLAIN;
    return this.#readBlock(key, column, depth + 1);
  }

  /** Nothing stands where a value could; comments above the next line are taken for its own. */
  #emptyValue(key: EntryKey | undefined, at: number): MutableNode {
    this.#fullEnd = this.#sawComment ? this.#cursor.position : at;
    this.#looseComment = -1;
    return this.#cursor.scalar(key, at, at, null, false, false);
  }

  /** Ends a scalar or flow collection in a collection at column `level`. */
  #endValue(level: number): void {
    this.#endLine();
    this.#fullEnd = this.#cursor.position;
    this.#skipBlankLines(level);
  }

  /** Ends a block collection: comments that are indented like it are the last of it. */
  #endCollection(column: number): void {
    if (column === 0 || this.#looseComment < column) return;
    this.#fullEnd = this.#cursor.position;
    this.#looseComment = -1;
  }

  /** Skips blanks, a comment and the line break. */
  #endLine(): void {
    const cursor = this.#cursor;
    const start = cursor.position;
    cursor.skipSpaces();
    if (cursor.code() === HASH) {
      if (cursor.position === start && cursor.code(-1) !== SPACE) throw NOT_PLAIN;
      this.#sawComment = true;
      cursor.skipToLineEnd();
    }
    this.#breakLine();
  }

  #breakLine(): void {
    const cursor = this.#cursor;
    const code = cursor.code();
    if (code === CARRIAGE_RETURN) cursor.position += 2;
    else if (code === LINE_FEED) cursor.position++;
    else if (!Number.isNaN(code)) throw NOT_PLAIN;
  }

  /**
   * Goes on to the next line that says something. Comments right of column `level` belong to the scalar above as long
   * as no other comment came between; -1 where there is none.
   */
  #skipBlankLines(level: number, isStart = false): void {
    const cursor = this.#cursor;
    this.#looseComment = -1;
    this.#leastComment = Number.POSITIVE_INFINITY;
    for (;;) {
      const lineStart = cursor.position;
      cursor.skipSpaces();
      const column = cursor.position - lineStart;
      const code = cursor.code();
      if (code === HASH) {
        this.#sawComment = true;
        cursor.skipToLineEnd();
        this.#breakLine();
        this.#leastComment = Math.min(this.#leastComment, column);
        if (level >= 0 && this.#looseComment < 0 && column > level) this.#fullEnd = cursor.position;
        else this.#looseComment = Math.max(this.#looseComment, column);
      } else if (code === LINE_FEED || code === CARRIAGE_RETURN) {
        this.#breakLine();
      } else if (Number.isNaN(code)) {
        this.#column = -1;
        return;
      } else {
        if (column === 0 && isMarker(cursor.text.slice(cursor.position, cursor.position + 3), isStart)) throw NOT_PLAIN;
        this.#column = column;
        return;
      }
    }
  }

  /**
   * Scans a plain scalar; it goes on over lines that are indented by at least `indent` columns. Leaves the cursor behind
   * its last character.
   */
  #scanPlain(indent: number): void {
    const cursor = this.#cursor;
    cursor.checkPlainStart(isEmpty(cursor.code(1)));
    const { text, position: start } = cursor;
    let end = start;
    let index = start;
    let isFolded = false;
    for (;;) {
      const code = text.charCodeAt(index);
      if (code === COLON && isEmpty(text.charCodeAt(index + 1))) break;
      if (code === SPACE || code === TAB) {
        if (text.charCodeAt(index + 1) === HASH) break;
      } else if (code === LINE_FEED) {
        const next = continuation(text, index + 1, indent);
        if (next < 0) break;
        isFolded = true;
        index = next;
        continue;
      } else if (Number.isNaN(code)) {
        break;
      } else if (code !== CARRIAGE_RETURN) {
        end = index + 1;
      }
      index++;
    }
    cursor.setPlainToken(start, end);
    // A text of several lines is not a number, whatever it folds to.
    if (isFolded && end > start && text.slice(start, end).includes('\n')) {
      if (indent <= 0) throw NOT_PLAIN;
      cursor.tokenValue = foldPlain(text.slice(start, end));
      cursor.position = end;
      if (cursor.code() === COLON) throw NOT_PLAIN;
      return;
    }
    cursor.position = end;
  }
}

/** What ends a document; the mark that starts one is expected at the start only. */
function isMarker(characters: string, isStart: boolean): boolean {
  return characters === '...' || (!isStart && characters === '---');
}

function isLineEnd(cursor: PlainCursor): boolean {
  const code = cursor.code();
  return code === LINE_FEED || code === CARRIAGE_RETURN || code === HASH || Number.isNaN(code);
}

/** Where a plain scalar goes on below: the first character of a line that is indented enough, else -1. */
function continuation(text: string, from: number, indent: number): number {
  let lineStart = from;
  for (let index = from; ; index++) {
    const code = text.charCodeAt(index);
    if (code === SPACE || code === CARRIAGE_RETURN) continue;
    if (code === LINE_FEED) {
      lineStart = index + 1;
      continue;
    }
    if (code === TAB) throw NOT_PLAIN;
    if (Number.isNaN(code) || code === HASH) return -1;
    return index - lineStart >= indent ? index : -1;
  }
}
