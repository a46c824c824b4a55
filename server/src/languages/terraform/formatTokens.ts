import type { HclFile } from './hclSyntax.ts';
import { HclToken, type HclTokenKind } from './hclTokens.ts';

/** A token on its way through the formatter, with the blanks to be written before it. */
export interface FormatToken {
  readonly kind: HclTokenKind;
  readonly text: string;
  spacesBefore: number;
}

/** The tokens from one index up to, not including, another. A comment to the end of its line includes the line break. */
export function formatTokens(file: HclFile, from: number, to: number): FormatToken[] {
  const { tokens, source } = file;
  const result: FormatToken[] = [];
  for (let index = from; index < to; index++) {
    const kind = tokens.kind(index);
    if (kind === HclToken.endOfFile) break;
    const start = tokens.start(index);
    let end = tokens.end(index);
    const isLineComment = kind === HclToken.comment && !source.text.startsWith('/*', start);
    if (isLineComment && tokens.kind(index + 1) === HclToken.newline) end = tokens.end(++index);
    result.push({ kind, text: source.text.slice(start, end), spacesBefore: 0 });
  }
  return result;
}

/** A token that stands in no file. */
export function newToken(kind: HclTokenKind, text: string): FormatToken {
  return { kind, text, spacesBefore: 0 };
}

/** Whether a line ends with this token. */
export function endsLine({ kind, text }: FormatToken): boolean {
  return kind === HclToken.newline || (kind === HclToken.comment && text.endsWith('\n'));
}

/** How many brackets a token opens (1) or closes (-1). */
export function bracketChange(kind: HclTokenKind): number {
  switch (kind) {
    case HclToken.openBrace:
    case HclToken.openBracket:
    case HclToken.openParen:
    case HclToken.openInterpolation:
    case HclToken.openDirective:
      return 1;
    case HclToken.closeBrace:
    case HclToken.closeBracket:
    case HclToken.closeParen:
    case HclToken.closeTemplate:
      return -1;
    default:
      return 0;
  }
}
