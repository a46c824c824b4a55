import { readDocument } from '../languages/yaml/readDocument.ts';
import { splitDocuments } from '../languages/yaml/splitDocuments.ts';
import { type PathSegment, SourceNode } from '../text/sourceNode.ts';
import { SourceText, type Span } from '../text/sourceText.ts';

/** Where a cursor stands in a YAML document, and what is half-typed there. */
export interface YamlCursor {
  /** A key of the map at `path`, or the value at `path`. */
  readonly role: 'key' | 'value';
  readonly path: readonly PathSegment[];
  /** The document with the half-typed word taken for a whole one; offsets are those of the repaired text. */
  readonly root: SourceNode;
  /** The map that the key would stand in. */
  readonly map: SourceNode | undefined;
  /** What the word under the cursor covers in the file. */
  readonly span: Span;
  /** Behind the word stands a colon already. */
  readonly hasColon: boolean;
  /** The value stands right behind the colon. */
  readonly needsSpace: boolean;
  readonly flow: boolean;
  /** The quote character around the word, or empty. */
  readonly quote: '' | '"' | "'";
  /** The key needs a dash before it: at this column stand the items of a list. */
  readonly startsItem: boolean;
  /** Columns by which the key is right of the first character of its line, because of `- `. */
  readonly offsetInLine: number;
}

/** What stands in the repaired text for the word under the cursor. */
export const MARKER = 'slipwayCursor';

const WORD = /[\w$./-]*$/;
const WORD_REST = /^[\w$./-]*/;
const BLOCK_KEY = /^(\s*(?:- +)*)(["']?)([\w$./-]*)$/;
const BLOCK_VALUE = /^(\s*(?:- +)*)(?:[\w$./-]+|"[^"]*"|'[^']*')\s*:(\s*)(["']?)([^"'#\s{[][^"'#]*)?$/;

/**
 * Finds out what is being typed at `offset`, also on half-typed lines: the word under the cursor is taken for a whole
 * key or value, and the document read again. Undefined in comments, in texts of several lines, and where nothing can be
 * made of the line.
 *
 * @param text the whole file; of a template, with its actions masked
 */
export function yamlCursor(text: string, offset: number): YamlCursor | undefined {
  // Several sources ask about the same cursor, one after the other.
  if (latest?.text === text && latest.offset === offset) return latest.cursor;
  const place = placeOf(text, offset);
  const cursor = place && (flowCursor(place) ?? blockCursor(place));
  latest = { text, offset, cursor };
  return cursor;
}

/** The last answer of `yamlCursor`, which depends on nothing but the text and the offset. */
let latest: { readonly text: string; readonly offset: number; readonly cursor: YamlCursor | undefined } | undefined;

/**
 * The word behind a dash taken for an item of its own; undefined everywhere else. `yamlCursor` takes the same word for a key.
 */
export function yamlItemCursor(text: string, offset: number): YamlCursor | undefined {
  const place = placeOf(text, offset);
  const line = place && /^\s*(?:- +)+(["']?)([\w$./:@-]*)$/.exec(place.before);
  if (!place || !line || unclosedBracket(place)) return undefined;
  const [, quote = '', word = ''] = line;
  const wordStart = place.lineStart + place.before.length - word.length;
  return attempt({
    place,
    wordStart,
    quote: quote as YamlCursor['quote'],
    flow: false,
    offsetInLine: 0,
    role: 'value',
  })?.cursor;
}

function placeOf(text: string, offset: number): Place | undefined {
  const chunk = splitDocuments(text).findLast(({ start }) => start <= offset);
  if (!chunk) return undefined;
  const document = text.slice(chunk.start, chunk.end);
  const at = offset - chunk.start;
  const lineStart = Math.max(document.lastIndexOf('\n', at - 1), document.lastIndexOf('\r', at - 1)) + 1;
  const before = document.slice(lineStart, at);
  if (isInComment(before) || /^(?:---|\.\.\.)/.test(before)) return undefined;
  const lineEnd = document.slice(at).search(/[\r\n]|$/) + at;
  return { document, base: chunk.start, at, lineStart, lineEnd, before };
}

interface Place {
  readonly document: string;
  /** Where the document starts in the file. */
  readonly base: number;
  readonly at: number;
  readonly lineStart: number;
  readonly lineEnd: number;
  readonly before: string;
}

function blockCursor(place: Place): YamlCursor | undefined {
  const { before, lineStart } = place;
  const key = BLOCK_KEY.exec(before);
  if (key) {
    const [, lead = '', quote = '', word = ''] = key;
    const wordStart = lineStart + before.length - word.length;
    const offsetInLine =
      lead.length - lead.trimStart().length > 0 || lead.startsWith('-') ? lead.trimStart().length : 0;
    const base = { place, wordStart, quote: quote as YamlCursor['quote'], flow: false, offsetInLine };
    // A line of its own may also become an item of the list above it.
    const asKey = attempt({ ...base, role: 'key' });
    if (asKey?.problems === 0) return asKey.cursor;
    const asItem = attempt({ ...base, role: 'key', asItem: true });
    return (asItem && asItem.problems < (asKey?.problems ?? Infinity) ? asItem : asKey)?.cursor;
  }
  const value = BLOCK_VALUE.exec(before);
  if (!value) return undefined;
  const [, , space = '', quote = '', word = ''] = value;
  const wordStart = lineStart + before.length - word.length;
  const needsSpace = space === '' && quote === '';
  return attempt({
    place,
    wordStart,
    quote: quote as YamlCursor['quote'],
    flow: false,
    offsetInLine: 0,
    role: 'value',
    needsSpace,
  })?.cursor;
}

/** Inside `{…}` or `[…]`, also when they are not closed yet. */
function flowCursor(place: Place): YamlCursor | undefined {
  const opening = unclosedBracket(place);
  if (!opening) return undefined;
  const word = WORD.exec(place.document.slice(opening.start, place.at))?.[0] ?? '';
  const wordStart = place.at - word.length;
  const previous = place.document[wordStart - 1];
  const quote = previous === '"' || previous === "'" ? previous : '';
  const role = opening.bracket === '{' && !opening.afterColon ? 'key' : 'value';
  const needsSpace = role === 'value' && previous === ':';
  return attempt({ place, wordStart, quote, flow: true, offsetInLine: 0, role, needsSpace })?.cursor;
}

interface Attempt {
  readonly place: Place;
  readonly wordStart: number;
  readonly quote: YamlCursor['quote'];
  readonly flow: boolean;
  readonly offsetInLine: number;
  readonly role: YamlCursor['role'];
  readonly needsSpace?: boolean;
  readonly asItem?: boolean;
}

function attempt({ place, wordStart, quote, flow, offsetInLine, role, needsSpace = false, asItem = false }: Attempt) {
  const { document, at, base, lineEnd } = place;
  const rest = document.slice(at, lineEnd);
  const tail =
    role === 'key' || flow ? (WORD_REST.exec(rest)?.[0] ?? '') : (/^[^"'#,\]}]*/.exec(rest)?.[0] ?? '').trimEnd();
  const wordEnd = at + tail.length;
  const behind = document.slice(wordEnd, lineEnd);
  const hasColon = role === 'key' && /^["']?\s*:(?=\s|$)/.test(behind);
  const start = document.slice(0, wordStart);
  const end = document.slice(wordEnd);
  let repaired: string;
  if (role === 'key') {
    if (hasColon) {
      repaired = start + MARKER + end;
    } else if (flow) {
      const closed = quote !== '' && behind.startsWith(quote) ? quote.length : 0;
      const comma = /^\s*(?:[,}\]]|$)/.test(behind.slice(closed)) ? '' : ',';
      repaired = `${start}${MARKER}${quote}: ~${comma}${end.slice(closed)}`;
    } else {
      // What stands behind the word on its line belongs to nothing yet.
      repaired = `${start}${asItem ? '- ' : ''}${MARKER}${quote}: ~${document.slice(lineEnd)}`;
    }
  } else {
    const unclosed = quote !== '' && !behind.startsWith(quote) ? quote : '';
    repaired = `${start}${needsSpace ? ' ' : ''}${MARKER}${unclosed}${end}`;
  }
  const { root: raw, problems } = readDocument(repaired);
  if (!raw) return undefined;
  const root = new SourceNode(new SourceText('', repaired), raw);
  const marked = findMarked(root, role);
  if (!marked) return undefined;
  const span = { start: base + wordStart, end: base + wordEnd };
  const map = role === 'key' ? marked.parent : undefined;
  const path = (map ?? marked).path;
  const startsItem = asItem;
  const cursor: YamlCursor = {
    role,
    path,
    root,
    map,
    span,
    hasColon,
    needsSpace,
    flow,
    quote,
    startsItem,
    offsetInLine,
  };
  return { cursor, problems: problems.length };
}

function findMarked(node: SourceNode, role: YamlCursor['role']): SourceNode | undefined {
  for (const entry of node.entries) {
    if (role === 'key' ? entry.key === MARKER : entry.scalar === MARKER) return entry;
    const inner = findMarked(entry, role);
    if (inner) return inner;
  }
  return undefined;
}

function isInComment(before: string): boolean {
  const unquoted = before.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, (text) => '_'.repeat(text.length));
  return /(?:^|\s)#/.test(unquoted);
}

/**
 * The bracket in which `at` stands. Brackets only count where YAML lets a value begin, so that those in plain texts and
 * comments do not; a value in flow style rarely spans many lines, so that looking back a little is enough.
 */
function unclosedBracket({
  document,
  at,
}: Place): { start: number; bracket: '{' | '['; afterColon: boolean } | undefined {
  const from = Math.max(0, at - 4000);
  const stack: { start: number; bracket: '{' | '['; afterColon: boolean }[] = [];
  let isValueStart = true;
  for (let index = from; index < at; index++) {
    const character = document[index]!;
    const inFlow = stack.length > 0;
    if (character === '"' || character === "'") {
      if (!isValueStart) continue;
      const close = closingQuote(document, index, at);
      if (close === undefined) return stack.at(-1);
      index = close;
      isValueStart = false;
    } else if (character === '#' && /\s/.test(document[index - 1] ?? ' ')) {
      index = document.slice(index).search(/[\r\n]|$/) + index - 1;
    } else if (character === '{' || character === '[') {
      if (isValueStart) stack.push({ start: index + 1, bracket: character, afterColon: false });
    } else if (inFlow && (character === '}' || character === ']')) {
      stack.pop();
      isValueStart = false;
    } else if (inFlow && character === ',') {
      stack.at(-1)!.afterColon = false;
      isValueStart = true;
    } else if (character === ':' && (inFlow || /\s/.test(document[index + 1] ?? ' '))) {
      if (inFlow) stack.at(-1)!.afterColon = true;
      isValueStart = true;
    } else if (character === '\n' || character === '\r') {
      isValueStart = true;
      // A key at the start of a line ends whatever was left open above it.
      if (inFlow && /^[\r\n]?[\w$./-]+:(?:\s|$)/.test(document.slice(index + 1, index + 80))) stack.length = 0;
    } else if (!/\s/.test(character) && !(character === '-' && /\s/.test(document[index + 1] ?? ' '))) {
      isValueStart = false;
    }
  }
  return stack.at(-1);
}

/** The offset of the quote that closes the one at `open`; undefined when it is not closed before `limit` or its line ends. */
function closingQuote(document: string, open: number, limit: number): number | undefined {
  const quote = document[open];
  for (let index = open + 1; index < limit; index++) {
    const character = document[index];
    if (character === '\\' && quote === '"') index++;
    else if (character === quote) return index;
    else if (character === '\n') return index;
  }
  return undefined;
}
