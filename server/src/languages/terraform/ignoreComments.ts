import type { Span } from '../../text/sourceText.ts';
import type { IgnorableFinding } from '../language.ts';
import type { HclFile, HclItem } from './hclSyntax.ts';
import { HclToken } from './hclTokens.ts';

/** Where a comment silences what. */
interface Ignore {
  readonly span: Span;
  readonly silences: (equivalent: string) => boolean;
}

/**
 * Whether a comment for another tool silences a finding: `checkov:skip=CKV_AWS_18:reason` within a block,
 * `trivy:ignore:AVD-AWS-0089` (or `tfsec:ignore:…`) on a line or above a line or block, `tflint-ignore: rule` on a line or
 * above it, `tflint-ignore-file: rule`, and `kics-scan ignore`, `ignore-block` and `ignore-line`.
 */
export function ignoredByComments(file: HclFile): (finding: IgnorableFinding) => boolean {
  if (!/checkov:skip|(?:trivy|tfsec):ignore|tflint-ignore|kics-scan/.test(file.source.text)) return () => false;
  const ignores: Ignore[] = [];
  for (let index = 0; index < file.tokens.length; index++) {
    if (file.tokens.kind(index) !== HclToken.comment) continue;
    const span = { start: file.tokens.start(index), end: file.tokens.end(index) };
    ignores.push(...ignoresIn(file, file.source.slice(span), span));
  }
  return ({ equivalents, span }) =>
    ignores.some(
      (ignore) => ignore.span.start <= span.start && span.start <= ignore.span.end && equivalents.some(ignore.silences),
    );
}

function* ignoresIn(file: HclFile, comment: string, span: Span): Iterable<Ignore> {
  for (const [, id] of comment.matchAll(/checkov:skip=(\w+)/g)) {
    const block = blockAround(file, span.start);
    if (block) yield { span: block.span, silences: (equivalent) => equivalent === `checkov:${id}` };
  }
  for (const [, id] of comment.matchAll(/(?:trivy|tfsec):ignore:(?:AVD-)?([\w*-]+)/gi)) {
    yield {
      span: lineOrBlockAt(file, span),
      silences: (equivalent) => (id === '*' ? /^trivy:/.test(equivalent) : equivalent === `trivy:${id}`),
    };
  }
  const lint = /tflint-ignore(-file)?:\s*([\w*]+(?:\s*,\s*[\w*]+)*)/.exec(comment);
  if (lint) {
    const ids = new Set(lint[2]!.split(/\s*,\s*/));
    const whole = { start: 0, end: file.source.text.length };
    yield {
      span: lint[1] ? whole : lineAt(file, span),
      silences: (equivalent) =>
        /^tflint:/.test(equivalent) && (ids.has('all') || ids.has(equivalent.slice('tflint:'.length))),
    };
  }
  const kics = /kics-scan\s+ignore(-block|-line)?(?![\w-])/.exec(comment);
  if (kics) {
    const place =
      kics[1] === '-block'
        ? lineOrBlockAt(file, span)
        : kics[1] === '-line'
          ? lineAt(file, span)
          : { start: 0, end: file.source.text.length };
    yield { span: place, silences: (equivalent) => /^kics:/.test(equivalent) };
  }
}

/** The block of the top level that holds an offset. */
function blockAround(file: HclFile, offset: number): HclItem | undefined {
  return file.body.items.find(({ span }) => span.start <= offset && offset < span.end);
}

/** The line of a comment that stands behind something; else the next line that is no comment. */
function lineAt({ source, tokens }: HclFile, comment: Span): Span {
  const line = source.lineAt(comment.start);
  const before = source.slice({ start: source.lineSpan(line).start, end: comment.start });
  if (before.trim() !== '') return source.lineSpan(line);
  for (let index = tokens.indexAt(comment.end); index < tokens.length; index++) {
    const kind = tokens.kind(index);
    if (kind === HclToken.newline || kind === HclToken.comment || tokens.start(index) < comment.end) continue;
    return source.lineSpan(source.lineAt(tokens.start(index)));
  }
  return comment;
}

/** As `lineAt`, but the whole of a block that begins in that line. */
function lineOrBlockAt(file: HclFile, comment: Span): Span {
  const line = lineAt(file, comment);
  const pending: HclItem[] = [...file.body.items];
  for (let item = pending.pop(); item; item = pending.pop()) {
    if (line.start <= item.span.start && item.span.start <= line.end) return { start: line.start, end: item.span.end };
    if (item.kind === 'block') pending.push(...item.body.items);
  }
  return line;
}
