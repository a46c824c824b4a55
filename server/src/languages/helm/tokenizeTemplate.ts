import type { Span } from '../../text/sourceText.ts';
import type { Action } from './templateSyntax.ts';
import type { TemplateToken, TemplateTokenKind } from './templateToken.ts';

/** The words of the template language that no function may be called by. */
export const TEMPLATE_KEYWORDS: ReadonlySet<string> = new Set([
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'range',
  'template',
  'with',
]);

const SPACE = /[ \t\r\n]/;
const LETTER = /[\p{L}\p{Nd}_]/u;
const NUMBER =
  /[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|0[bB][01_]*(?:\.[01_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)i?/y;

/**
 * Finds the actions of a Go template (the grammar of `text/template`) and cuts them into tokens. Never throws. An action
 * whose closing braces are missing ends with its line, or where the next action begins on it.
 */
export function tokenizeTemplate(text: string): Action[] {
  const ends = new LiteralEnds(text);
  const actions: Action[] = [];
  let start = text.indexOf('{{');
  while (start >= 0) {
    const action = readAction(text, start, ends);
    actions.push(action);
    start = text.indexOf('{{', action.end);
  }
  return actions;
}

function readAction(text: string, start: number, ends: LiteralEnds): Action {
  const trimsBefore = text[start + 2] === '-' && SPACE.test(text[start + 3] ?? '');
  let from = start + (trimsBefore ? 3 : 2);
  let afterSpace = from;
  while (SPACE.test(text[afterSpace] ?? '')) afterSpace++;
  const isComment = text.startsWith('/*', trimsBefore ? afterSpace : from) || text.startsWith('/*', afterSpace);
  if (isComment) from = afterSpace;
  const found = isComment ? commentEnd(text, from, ends) : actionEnd(text, from, ends);
  const end = found ?? unclosedEnd(text, start);
  const isClosed = found !== undefined;
  let to = isClosed ? end - 2 : end;
  const trimsAfter = isClosed && to - 1 > from && text[to - 1] === '-' && SPACE.test(text[to - 2] ?? '');
  if (trimsAfter) to--;
  const inner = { start: from, end: Math.max(from, to) };
  const tokens = isComment ? [] : tokenize(text, inner, ends);
  return { start, end, inner, trimsBefore, trimsAfter, isClosed, isComment, tokens };
}

function commentEnd(text: string, from: number, ends: LiteralEnds): number | undefined {
  const close = ends.comment(from + 2);
  if (close === undefined) return undefined;
  const braces = text.indexOf('}}', close);
  // Behind the end of a comment nothing but a trim marker may stand; what does is left to the parser to report.
  const next = text.indexOf('{{', close);
  return braces < 0 || (next >= 0 && next < braces) ? undefined : braces + 2;
}

function actionEnd(text: string, from: number, ends: LiteralEnds): number | undefined {
  let index = from;
  while (index < text.length) {
    const character = text[index]!;
    if (character === '}' && text[index + 1] === '}') return index + 2;
    if (character === '{' && text[index + 1] === '{') return undefined;
    index = isQuote(character) ? (ends.literal(index) ?? index + 1) : index + 1;
  }
  return undefined;
}

function unclosedEnd(text: string, start: number): number {
  for (let index = start + 2; index < text.length; index++) {
    const character = text[index];
    if (character === '\n' || character === '\r') return index;
    if (character === '{' && text[index + 1] === '{') return index;
  }
  return text.length;
}

function isQuote(character: string): boolean {
  return character === '"' || character === '`' || character === "'";
}

/** Ends of literals and comments; that there is none is found out once, so that a file full of them costs one pass. */
class LiteralEnds {
  readonly #text: string;
  #noBackquoteFrom = Infinity;
  #noCommentEndFrom = Infinity;

  constructor(text: string) {
    this.#text = text;
  }

  /** The offset behind the literal that starts at `start`; undefined where it is not closed (on its line, unless raw). */
  literal(start: number): number | undefined {
    const quote = this.#text[start]!;
    if (quote === '`') {
      if (start >= this.#noBackquoteFrom) return undefined;
      const close = this.#text.indexOf('`', start + 1);
      if (close < 0) this.#noBackquoteFrom = start;
      return close < 0 ? undefined : close + 1;
    }
    for (let index = start + 1; index < this.#text.length; index++) {
      const character = this.#text[index]!;
      if (character === quote) return index + 1;
      if (character === '\n' || character === '\r') return undefined;
      if (character === '\\') index++;
    }
    return undefined;
  }

  comment(from: number): number | undefined {
    if (from >= this.#noCommentEndFrom) return undefined;
    const close = this.#text.indexOf('*/', from);
    if (close < 0) this.#noCommentEndFrom = from;
    return close < 0 ? undefined : close + 2;
  }
}

function tokenize(text: string, inner: Span, ends: LiteralEnds): TemplateToken[] {
  const tokens: TemplateToken[] = [];
  let index = inner.start;
  while (index < inner.end) {
    if (SPACE.test(text[index]!)) {
      index++;
      continue;
    }
    const token = nextToken(text, index, inner.end, tokens.at(-1), ends);
    tokens.push(token);
    index = token.end;
  }
  return tokens;
}

const SIGNS: Readonly<Record<string, TemplateTokenKind>> = {
  '|': 'pipe',
  '=': 'assign',
  ',': 'comma',
  '(': 'open',
  ')': 'close',
};

function nextToken(
  text: string,
  start: number,
  limit: number,
  previous: TemplateToken | undefined,
  ends: LiteralEnds,
): TemplateToken {
  const character = text[start]!;
  if (isQuote(character)) {
    const end = ends.literal(start);
    if (end === undefined || end > limit) {
      return { kind: 'unclosed', start, end: start + text.slice(start, limit).trimEnd().length };
    }
    return { kind: character === '"' ? 'string' : character === '`' ? 'raw' : 'character', start, end };
  }
  if (character === ':' && text[start + 1] === '=') return { kind: 'declare', start, end: start + 2 };
  const sign = SIGNS[character];
  if (sign) return { kind: sign, start, end: start + 1 };
  if (character === '$') return { kind: 'variable', start, end: wordEnd(text, start + 1, limit) };
  if (character === '.' && !/[0-9]/.test(text[start + 1] ?? '')) {
    const end = wordEnd(text, start + 1, limit);
    // Behind a name, a dot alone is a field that is not typed yet.
    const isChained = previous !== undefined && previous.end === start && isChainable(previous.kind);
    return { kind: end > start + 1 || isChained ? 'field' : 'dot', start, end };
  }
  if (/[0-9+.-]/.test(character)) {
    const end = Math.min(limit, numberEnd(text, start));
    const isNumber = /[0-9]/.test(text.slice(start, end));
    return { kind: isNumber ? 'number' : 'bad', start, end: isNumber ? end : start + 1 };
  }
  const end = wordEnd(text, start, limit);
  if (end === start) return { kind: 'bad', start, end: start + characterLength(text, start) };
  const word = text.slice(start, end);
  if (TEMPLATE_KEYWORDS.has(word)) return { kind: 'keyword', start, end };
  if (word === 'true' || word === 'false') return { kind: 'boolean', start, end };
  return { kind: word === 'nil' ? 'nil' : 'identifier', start, end };
}

/** A complex number has two parts, the second of which ends with an `i`. */
function numberEnd(text: string, start: number): number {
  NUMBER.lastIndex = start;
  if (!NUMBER.test(text)) return start + 1;
  const end = NUMBER.lastIndex;
  if (!/[+-]/.test(text[end] ?? '')) return end;
  NUMBER.lastIndex = end;
  return NUMBER.test(text) && text[NUMBER.lastIndex - 1] === 'i' ? NUMBER.lastIndex : end;
}

function isChainable(kind: TemplateTokenKind): boolean {
  return kind === 'field' || kind === 'variable' || kind === 'close' || kind === 'identifier';
}

function wordEnd(text: string, start: number, limit: number): number {
  let end = start;
  while (end < limit) {
    const length = characterLength(text, end);
    if (!LETTER.test(text.slice(end, end + length))) break;
    end += length;
  }
  return Math.min(end, limit);
}

function characterLength(text: string, index: number): number {
  return (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
}
