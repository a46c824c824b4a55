import { type FormatToken, formatTokens, newToken } from './formatTokens.ts';
import type { HclBlock, HclBody, HclExpression, HclFile } from './hclSyntax.ts';
import { HclToken } from './hclTokens.ts';

/** Replaces the tokens from one index up to, not including, another. */
interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly tokens: readonly FormatToken[];
}

/** The tokens of a file with the rewrites of `terraform fmt` applied; their blanks are still to be set. */
export function formatSourceTokens(file: HclFile): FormatToken[] {
  const replacements: Replacement[] = [];
  collect(file, file.body, [], replacements);
  const result: FormatToken[] = [];
  let position = 0;
  for (const { from, to, tokens } of replacements) {
    for (const token of formatTokens(file, position, from)) result.push(token);
    for (const token of tokens) result.push(token);
    position = to;
  }
  for (const token of formatTokens(file, position, file.tokens.length)) result.push(token);
  return result;
}

function collect(file: HclFile, body: HclBody, blocks: readonly string[], replacements: Replacement[]): void {
  for (const item of body.items) {
    if (item.kind === 'attribute') {
      const isType = item.name === 'type' && blocks.length === 1 && blocks[0] === 'variable';
      const replacement = isType ? plainType(file, item.value) : unwrapped(file, item.value);
      if (replacement) replacements.push(replacement);
    } else if (item.kind === 'block') {
      const labels = quotedLabels(file, item);
      if (labels) replacements.push(labels);
      collect(file, item.body, [...blocks, item.type], replacements);
    }
  }
}

/**
 * Labels are quoted; comments between them are dropped, as `terraform fmt` does. It also drops labels with a `$` or `%`,
 * which no block of Terraform may have: here they stay.
 */
function quotedLabels(file: HclFile, block: HclBlock): Replacement | undefined {
  const last = block.labels.at(-1);
  if (!last || block.labels.some(({ value }) => /[$%]/.test(value))) return undefined;
  const tokens = block.labels.flatMap(({ value }) => [
    newToken(HclToken.openQuote, '"'),
    newToken(HclToken.quotedText, escapeText(value)),
    newToken(HclToken.closeQuote, '"'),
  ]);
  return {
    from: file.tokens.indexAt(block.typeSpan.start) + 1,
    to: file.tokens.indexAt(last.span.end - 1) + 1,
    tokens,
  };
}

function escapeText(text: string): string {
  return text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
}

/** `"string"` of old becomes `string`, and a collection gets the element type that it has without saying. */
function plainType(file: HclFile, value: HclExpression): Replacement | undefined {
  const { from, to } = tokensOf(file, value);
  const name = file.source.slice(value.span);
  const word = (text: string): FormatToken => newToken(HclToken.identifier, text);
  const of = (collection: string, element: string): Replacement => ({
    from,
    to,
    tokens: [word(collection), newToken(HclToken.openParen, '('), word(element), newToken(HclToken.closeParen, ')')],
  });
  switch (name) {
    case 'list':
    case 'map':
    case 'set':
      return of(name, 'any');
    case '"string"':
      return { from, to, tokens: [word('string')] };
    case '"list"':
    case '"map"':
      return of(name.slice(1, -1), 'string');
    default:
      return undefined;
  }
}

/** `"${value}"` becomes `value`. */
function unwrapped(file: HclFile, value: HclExpression): Replacement | undefined {
  const [only, ...others] = value.kind === 'template' && !value.heredoc ? value.parts : [];
  if (only?.kind !== 'interpolation' || others.length > 0) return undefined;
  const { from, to } = tokensOf(file, value);
  const inside = formatTokens(file, from + 2, to - 2);
  if (!isPlainInside(inside)) return undefined;
  while (inside[0]?.kind === HclToken.newline) inside.shift();
  while (inside.at(-1)?.kind === HclToken.newline) inside.pop();
  const isWrapped = inside[0]?.kind === HclToken.openParen && inside.at(-1)?.kind === HclToken.closeParen;
  if (!isWrapped && inside.some(({ kind }) => kind === HclToken.newline)) {
    inside.unshift(newToken(HclToken.openParen, '('));
    inside.push(newToken(HclToken.closeParen, ')'));
  }
  return { from, to, tokens: inside };
}

/** Neither another sequence nor literal text outside of strings: a heredoc inside is left alone when it has sequences. */
function isPlainInside(tokens: readonly FormatToken[]): boolean {
  let quotes = 0;
  for (const { kind } of tokens) {
    if (kind === HclToken.openQuote) quotes++;
    else if (kind === HclToken.closeQuote) quotes--;
    else if (quotes === 0 && (kind === HclToken.openInterpolation || kind === HclToken.closeTemplate)) return false;
  }
  return true;
}

function tokensOf(file: HclFile, { span }: HclExpression): { readonly from: number; readonly to: number } {
  return { from: file.tokens.indexAt(span.start), to: file.tokens.indexAt(span.end - 1) + 1 };
}
