import { formatSourceTokens } from './formatRewrites.ts';
import { hasSpaceBetween } from './formatSpacing.ts';
import { bracketChange, endsLine, type FormatToken } from './formatTokens.ts';
import type { HclFile } from './hclSyntax.ts';
import { HclToken } from './hclTokens.ts';

/** One line of tokens: what comes first, what is assigned, and the comment at the end. A heredoc is part of its line. */
interface Line {
  lead: FormatToken[];
  assign: FormatToken[];
  comment: FormatToken[];
}

/**
 * The file as `terraform fmt` writes it: indentation by brackets, one blank where the language has one, equals signs and
 * comments of neighbouring lines aligned, needless interpolations unwrapped, labels quoted. Undefined when the file
 * cannot be read: then, too, `terraform fmt` leaves it as it is.
 */
export function formatHcl(file: HclFile): string | undefined {
  if (file.problems.length > 0) return undefined;
  const lines = linesOf(formatSourceTokens(file));
  indent(lines);
  space(lines);
  align(
    lines,
    ({ lead }) => lead,
    ({ assign }) => assign,
  );
  align(
    lines,
    ({ lead, assign }) => [...lead, ...assign],
    ({ comment }) => comment,
  );
  const { tokens, source } = file;
  const blanksAtEnd = source.text.slice(tokens.length > 1 ? tokens.end(tokens.length - 2) : 0).replace('\ufeff', '');
  const text: string[] = [];
  for (const { lead, assign, comment } of lines) {
    for (const token of [...lead, ...assign, ...comment]) text.push(' '.repeat(token.spacesBefore), token.text);
  }
  return text.join('') + blanksAtEnd;
}

function linesOf(tokens: readonly FormatToken[]): Line[] {
  const lines: Line[] = [];
  let lead: FormatToken[] = [];
  for (const token of tokens) {
    lead.push(token);
    if (!endsLine(token)) continue;
    lines.push(splitLine(lead));
    lead = [];
  }
  if (lead.length > 0) lines.push(splitLine(lead));
  return lines;
}

function splitLine(tokens: FormatToken[]): Line {
  const line: Line = { lead: tokens, assign: [], comment: [] };
  const last = tokens.at(-1)!;
  // A block comment that ends a line is followed by the line break, which then belongs to it.
  const isTrailing = last.kind === HclToken.comment && tokens.length > 1;
  if (isTrailing) line.comment = line.lead.splice(-1);
  const assign = line.lead.findIndex(({ kind }, index) => index > 0 && kind === HclToken.assign);
  if (assign < 0) return line;
  // More brackets opened than closed: the value goes on in the next line.
  if (bracketChanges(line.lead.slice(assign)) === 0) line.assign = line.lead.splice(assign);
  return line;
}

function indent(lines: readonly Line[]): void {
  /** How many brackets each level of indentation waits for. */
  const levels: number[] = [];
  for (const { lead, assign } of lines) {
    const first = lead[0] ?? assign[0];
    if (!first) continue;
    // What a heredoc of the line opens does not count, though what its later lines close does.
    const heredoc = lead.findIndex(({ kind }) => kind === HclToken.openHeredoc);
    const change = bracketChanges(heredoc < 0 ? lead : lead.slice(0, heredoc)) + bracketChanges(assign);
    for (let closed = -change; closed > 0 && levels.length > 0; ) {
      const waiting = levels.at(-1)!;
      if (waiting > closed) levels[levels.length - 1] = waiting - closed;
      else levels.pop();
      closed -= waiting;
    }
    first.spacesBefore = first.kind === HclToken.newline ? 0 : 2 * levels.length;
    if (change > 0) levels.push(change);
  }
}

function bracketChanges(tokens: readonly FormatToken[]): number {
  return tokens.reduce((sum, { kind }) => sum + bracketChange(kind), 0);
}

function space(lines: readonly Line[]): void {
  for (const { lead, assign } of lines) {
    const tokens = [...lead, ...assign];
    for (let index = 1; index < tokens.length; index++) {
      tokens[index]!.spacesBefore = hasSpaceBetween(tokens[index - 2], tokens[index - 1]!, tokens[index]!) ? 1 : 0;
    }
  }
}

/** Gives the cells of neighbouring lines that have one the same column. */
function align(
  lines: readonly Line[],
  before: (line: Line) => FormatToken[],
  cell: (line: Line) => FormatToken[],
): void {
  let chain: { width: number; first: FormatToken }[] = [];
  const close = (): void => {
    const widest = chain.reduce((most, { width }) => Math.max(most, width), 0);
    for (const { width, first } of chain) first.spacesBefore = widest - width + 1;
    chain = [];
  };
  for (const line of lines) {
    const [first] = cell(line);
    if (first) chain.push({ width: widthOf(before(line)), first });
    else close();
  }
  close();
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function widthOf(tokens: readonly FormatToken[]): number {
  let width = 0;
  for (const { text, spacesBefore } of tokens) {
    width += spacesBefore;
    // Most text is plain, and asking for its graphemes is slow.
    if (/^[\x20-\x7e]*$/.test(text)) width += text.length;
    else for (const _ of graphemes.segment(text)) width++;
  }
  return width;
}
