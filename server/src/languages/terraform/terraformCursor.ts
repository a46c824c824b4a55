import type { Span } from '../../text/sourceText.ts';
import type { HclFile } from './hclSyntax.ts';
import { HclToken, type HclTokenKind } from './hclTokens.ts';
import { pathAt } from './walkHcl.ts';

/** A reference that is being typed: `module.network.|` has the names `module` and `network` and an empty word. */
export interface TypedReference {
  /** The names before the last dot; an index between them is left out. */
  readonly names: readonly string[];
  /** The word at the cursor, to be replaced as a whole. */
  readonly span: Span;
}

/** After these a value begins. */
const BEFORE_VALUE: ReadonlySet<HclTokenKind> = new Set([
  HclToken.assign,
  HclToken.openParen,
  HclToken.openBracket,
  HclToken.openInterpolation,
  HclToken.comma,
  HclToken.colon,
  HclToken.question,
  HclToken.arrow,
  HclToken.equal,
  HclToken.notEqual,
  HclToken.less,
  HclToken.lessOrEqual,
  HclToken.greater,
  HclToken.greaterOrEqual,
  HclToken.and,
  HclToken.or,
  HclToken.not,
  HclToken.plus,
  HclToken.minus,
  HclToken.star,
  HclToken.slash,
  HclToken.percent,
]);

/** The reference at the cursor, also where nothing of it is typed yet; undefined where no expression can stand. */
export function typedReferenceAt(file: HclFile, offset: number): TypedReference | undefined {
  const { tokens, source } = file;
  let index = lastTokenBefore(file, offset);
  let span: Span = { start: offset, end: offset };
  if (index >= 0 && tokens.kind(index) === HclToken.identifier && tokens.end(index) >= offset) {
    span = { start: tokens.start(index), end: tokens.end(index) };
    index--;
  } else if (index >= 0 && tokens.end(index) > offset) return undefined;
  const names: string[] = [];
  while (index >= 0 && tokens.kind(index) === HclToken.dot) {
    index--;
    while (index >= 0 && tokens.kind(index) === HclToken.closeBracket) index = openingOf(file, index) - 1;
    while (index >= 0 && tokens.kind(index) === HclToken.star) index -= 2;
    if (index < 0 || tokens.kind(index) !== HclToken.identifier) return undefined;
    names.unshift(source.text.slice(tokens.start(index), tokens.end(index)));
    index--;
  }
  return canBeginValue(file, index, offset) ? { names, span } : undefined;
}

function lastTokenBefore({ tokens }: HclFile, offset: number): number {
  let index = tokens.indexAt(offset);
  // The token at the offset counts only when it began before.
  while (index >= 0 && tokens.start(index) >= offset) index--;
  return index;
}

function openingOf({ tokens }: HclFile, closing: number): number {
  let depth = 0;
  for (let index = closing; index >= 0; index--) {
    if (tokens.kind(index) === HclToken.closeBracket) depth++;
    else if (tokens.kind(index) === HclToken.openBracket && --depth === 0) return index;
  }
  return 0;
}

function canBeginValue(file: HclFile, before: number, offset: number): boolean {
  const { tokens, source } = file;
  let index = before;
  let sawLineBreak = false;
  while (index >= 0 && (tokens.kind(index) === HclToken.newline || tokens.kind(index) === HclToken.comment)) {
    if (tokens.kind(index) === HclToken.comment && tokens.end(index) >= offset) return false;
    sawLineBreak ||= tokens.kind(index) === HclToken.newline;
    index--;
  }
  if (index < 0) return false;
  const kind = tokens.kind(index);
  if (kind === HclToken.identifier) {
    const word = source.text.slice(tokens.start(index), tokens.end(index));
    return !sawLineBreak && (word === 'in' || word === 'if') && innermost(file, offset) !== 'body';
  }
  if (!BEFORE_VALUE.has(kind)) return false;
  // In an object a comma or a line break is followed by a key, which is no reference.
  const isInObject = innermost(file, offset) === 'object';
  return !(isInObject && (kind === HclToken.comma || sawLineBreak));
}

function innermost(file: HclFile, offset: number): string | undefined {
  return pathAt(file.body, offset).findLast(({ kind, span }) => HOLDERS.has(kind) && span.start < offset)?.kind;
}

/** What decides whether a comma is followed by a value. */
const HOLDERS: ReadonlySet<string> = new Set([
  'body',
  'object',
  'tuple',
  'call',
  'for',
  'template',
  'parentheses',
  'templateIf',
  'templateFor',
]);
