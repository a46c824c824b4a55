import type { FormatToken } from './formatTokens.ts';
import { HclToken, type HclTokenKind } from './hclTokens.ts';

/** After these a minus is a sign, not a subtraction. */
const BEFORE_SIGN: ReadonlySet<HclTokenKind> = new Set([
  HclToken.openParen,
  HclToken.openBrace,
  HclToken.openBracket,
  HclToken.assign,
  HclToken.colon,
  HclToken.comma,
  HclToken.question,
  HclToken.plus,
  HclToken.minus,
  HclToken.star,
  HclToken.slash,
  HclToken.percent,
  HclToken.equal,
  HclToken.notEqual,
  HclToken.less,
  HclToken.lessOrEqual,
  HclToken.greater,
  HclToken.greaterOrEqual,
  HclToken.and,
  HclToken.or,
  HclToken.not,
]);

/** Nothing stands between these and what follows them. */
const TIGHT_AFTER: ReadonlySet<HclTokenKind> = new Set([
  HclToken.doubleColon,
  HclToken.dot,
  HclToken.openQuote,
  HclToken.quotedText,
  HclToken.openHeredoc,
  HclToken.heredocText,
  HclToken.openInterpolation,
  HclToken.openDirective,
  HclToken.closeTemplate,
  HclToken.openParen,
  HclToken.openBracket,
  HclToken.not,
]);

/** Nothing stands between these and what precedes them. */
const TIGHT_BEFORE: ReadonlySet<HclTokenKind> = new Set([
  HclToken.newline,
  HclToken.doubleColon,
  HclToken.dot,
  HclToken.comma,
  HclToken.ellipsis,
  HclToken.quotedText,
  HclToken.closeQuote,
  HclToken.heredocText,
  HclToken.closeHeredoc,
  HclToken.closeTemplate,
  HclToken.closeParen,
  HclToken.closeBracket,
]);

/** A `[` after one of these is an index. */
const BEFORE_INDEX: ReadonlySet<HclTokenKind> = new Set([
  HclToken.identifier,
  HclToken.number,
  HclToken.closeBrace,
  HclToken.closeBracket,
  HclToken.closeParen,
]);

/** Whether `terraform fmt` writes a blank between two neighbours on a line; `before` stands before the first of them. */
export function hasSpaceBetween(before: FormatToken | undefined, left: FormatToken, right: FormatToken): boolean {
  const [a, b] = [left.kind, right.kind];
  if (b === HclToken.newline) return false;
  if (a === HclToken.identifier && b === HclToken.openParen) return false;
  if (b === HclToken.comma || b === HclToken.ellipsis) return false;
  if (a === HclToken.comma) return true;
  if (a === HclToken.minus) return before !== undefined && !BEFORE_SIGN.has(before.kind);
  // Two braces in a row would read as one sign.
  if (a === HclToken.openInterpolation && b === HclToken.openBrace) return true;
  if (a === HclToken.closeBrace && b === HclToken.closeTemplate) return true;
  if (TIGHT_AFTER.has(a) || TIGHT_BEFORE.has(b)) return false;
  if (a === HclToken.openBrace) return b !== HclToken.closeBrace;
  if (b === HclToken.openBracket && BEFORE_INDEX.has(a))
    return left.text === 'in' && before?.kind === HclToken.identifier;
  return true;
}
