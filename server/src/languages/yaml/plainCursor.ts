import type { Scalar } from '../../text/sourceNode.ts';
import { doubleQuotedValue, plainValue } from './plainScalars.ts';
import type { MutableNode, TemplateMarks } from './templateMarks.ts';

/** Thrown where the document leaves the plain subset; made once, because its stack says nothing. */
export const NOT_PLAIN = new Error('The document is not written in plain YAML.');

/** Deeper nesting is the library's affair, which says what it thinks of it. */
const DEPTH_LIMIT = 100;
const NODE_LIMIT = 150_000;
/** An implicit key may have 1024 characters; the few that are nearly as long are left to the library. */
const KEY_LENGTH_LIMIT = 1000;
/** In a map of more entries than this a key is looked for by its hash. */
const FEW_ENTRIES = 12;

/** The key under which a value stands; undefined for list items and roots. */
export interface EntryKey {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly templated: boolean;
}

/** A map while its entries are read. */
export interface OpenMap {
  readonly children: MutableNode[];
  byKey: Map<string, MutableNode> | undefined;
  open: boolean;
}

/** Characters by their code; NaN stands for the end of the text. */
export const TAB = 9;
export const LINE_FEED = 10;
export const CARRIAGE_RETURN = 13;
export const SPACE = 32;
export const DOUBLE_QUOTE = 34;
export const HASH = 35;
export const SINGLE_QUOTE = 39;
export const COMMA = 44;
export const DASH = 45;
export const COLON = 58;
export const OPEN_BRACKET = 91;
export const CLOSE_BRACKET = 93;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;

/** ! % & * , > ? @ [ ] ` { | } and : # " ' begin no plain scalar that this reader takes; a dash may. */
const NO_PLAIN_START = new Set([...'!%&*,>?@[]`{|}:#"\''].map((character) => character.charCodeAt(0)));

/** A place in a document that is read from front to back, and the making of nodes. */
export class PlainCursor {
  readonly text: string;
  readonly marks: TemplateMarks;
  position = 0;
  /** Where the scalar that was scanned last begins and ends, what it says, and how it is written. */
  tokenStart = 0;
  tokenEnd = 0;
  tokenValue: Scalar = null;
  tokenQuoted = false;
  #nodes = 0;

  constructor(text: string, marks: TemplateMarks) {
    this.text = text;
    this.marks = marks;
  }

  /** Code of the character `ahead` of the position. */
  code(ahead = 0): number {
    return this.text.charCodeAt(this.position + ahead);
  }

  skipSpaces(): void {
    while (this.code() === SPACE) this.position++;
    // Tabs are allowed in few places, and nobody means them.
    if (this.code() === TAB) throw NOT_PLAIN;
  }

  skipToLineEnd(): void {
    const end = this.text.indexOf('\n', this.position);
    this.position = end < 0 ? this.text.length : end;
  }

  checkDepth(depth: number): void {
    if (depth > DEPTH_LIMIT) throw NOT_PLAIN;
  }

  /** Scans a quoted scalar that ends on its line. */
  scanQuoted(): void {
    const { text, position: start } = this;
    const quote = text.charCodeAt(start);
    let end = start + 1;
    let isDoubled = false;
    for (; ; end++) {
      const code = text.charCodeAt(end);
      if (code === LINE_FEED || Number.isNaN(code)) throw NOT_PLAIN;
      if (quote === DOUBLE_QUOTE && code === 92) end++;
      else if (code === quote) {
        if (quote === DOUBLE_QUOTE || text.charCodeAt(end + 1) !== SINGLE_QUOTE) break;
        isDoubled = true;
        end++;
      }
    }
    const inner = text.slice(start + 1, end);
    // Escaping a line break continues the scalar on the next line.
    const value = quote === DOUBLE_QUOTE ? doubleQuotedValue(inner) : isDoubled ? inner.replaceAll("''", "'") : inner;
    if (value === undefined) throw NOT_PLAIN;
    this.position = end + 1;
    this.tokenStart = start;
    this.tokenEnd = end + 1;
    this.tokenValue = value;
    this.tokenQuoted = true;
  }

  /** Whether a plain scalar may begin here; `nextEnds` tells that a dash stands alone. */
  checkPlainStart(nextEnds: boolean): void {
    const code = this.code();
    if (Number.isNaN(code) || NO_PLAIN_START.has(code) || (code === DASH && nextEnds)) throw NOT_PLAIN;
  }

  setPlainToken(start: number, end: number): void {
    this.tokenStart = start;
    this.tokenEnd = end;
    this.tokenValue = plainValue(this.text.slice(start, end));
    this.tokenQuoted = false;
  }

  /** The scalar that was scanned last, taken for a key. */
  keyOfToken(): EntryKey {
    const { tokenStart: start, tokenEnd: end, tokenValue } = this;
    if (end - start > KEY_LENGTH_LIMIT) throw NOT_PLAIN;
    if (tokenValue === '<<' && !this.tokenQuoted) throw NOT_PLAIN;
    return { key: String(tokenValue ?? ''), start, end, templated: this.marks.isTemplated(start, end) };
  }

  /** The scalar that was scanned last, as the value of `key`. */
  nodeOfToken(key: EntryKey | undefined): MutableNode {
    return this.scalar(key, this.tokenStart, this.tokenEnd, this.tokenValue, this.tokenQuoted, false);
  }

  scalar(
    key: EntryKey | undefined,
    start: number,
    end: number,
    scalar: Scalar,
    quoted: boolean,
    block: boolean,
  ): MutableNode {
    this.#count();
    const keyed = key ? { key: key.key, keyStart: key.start, keyEnd: key.end } : undefined;
    if (!block && this.marks.isTemplated(start, end)) return { kind: 'unknown', start, end, ...keyed, quoted };
    if (quoted) return { kind: 'scalar', start, end, ...keyed, scalar, quoted };
    if (!keyed) return { kind: 'scalar', start, end, scalar };
    return { kind: 'scalar', start, end, key: keyed.key, keyStart: keyed.keyStart, keyEnd: keyed.keyEnd, scalar };
  }

  collection(
    key: EntryKey | undefined,
    kind: 'map' | 'list',
    start: number,
    end: number,
    children: MutableNode[],
    flow: boolean,
  ): MutableNode {
    this.#count();
    const node: MutableNode = key
      ? { kind, start, end, key: key.key, keyStart: key.start, keyEnd: key.end, children }
      : { kind, start, end, children };
    return flow ? Object.assign(node, { flow }) : node;
  }

  newMap(): OpenMap {
    return { children: [], byKey: undefined, open: false };
  }

  /** Puts an entry into its map, unless a template decides what its key or value is. */
  addEntry(map: OpenMap, key: EntryKey, entry: MutableNode): void {
    if (key.templated) {
      map.open = true;
      return;
    }
    const earlier = this.#entryOf(map, key.key);
    if (earlier) {
      // Saying where a key stands twice is the library's part.
      if (!this.marks.isTemplate) throw NOT_PLAIN;
      this.marks.mergeBranches(earlier, entry);
      return;
    }
    map.byKey?.set(key.key, entry);
    map.children.push(this.marks.marked(entry));
  }

  #entryOf(map: OpenMap, key: string): MutableNode | undefined {
    const { children } = map;
    if (!map.byKey && children.length >= FEW_ENTRIES) map.byKey = new Map(children.map((child) => [child.key!, child]));
    if (map.byKey) return map.byKey.get(key);
    for (const child of children) if (child.key === key) return child;
    return undefined;
  }

  #count(): void {
    this.#nodes++;
    if (this.#nodes > NODE_LIMIT) throw NOT_PLAIN;
  }
}

/** A blank, a line break or the end of the text. */
export function isEmpty(code: number): boolean {
  return code === SPACE || code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB || Number.isNaN(code);
}
