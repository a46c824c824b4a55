import type { SourceText, Span } from '../text/sourceText.ts';
import type { ReportedFinding } from './runRules.ts';

const DIRECTIVE = /(?:#|\/\/|<!--|\{\{-?\s*\/\*|\/\*)\s*slipway-disable-(next-line|line|file)\b([^\n\r]*)/g;
const NAME = /^[a-z0-9-]+(?:\/[a-z0-9-]+)?$/;

/** One name that a suppressing comment gives. */
export interface SuppressedName {
  /** A rule's id, or that of a pattern or group. */
  readonly name: string;
  readonly span: Span;
}

/**
 * A comment of ours that silences findings: `slipway-disable-next-line`, `-line` or `-file`, followed by rule ids or
 * pattern ids; without any, all rules. Text after `--` is the author's reason.
 */
export interface SuppressingComment {
  /** From the sign of the comment to its end. */
  readonly span: Span;
  /** `slipway-disable-next-line` */
  readonly directiveSpan: Span;
  readonly names: readonly SuppressedName[];
  /** The line whose findings are silenced; undefined for the whole file. */
  readonly line: number | undefined;
}

/** The suppressing comments of a file, in document order. */
export function suppressingComments(source: SourceText): SuppressingComment[] {
  if (!source.text.includes('slipway-disable-')) return [];
  return [...source.text.matchAll(DIRECTIVE)].map((match): SuppressingComment => {
    const [whole, scope, rest = ''] = match;
    const restStart = match.index + whole.length - rest.length;
    const directiveStart = match.index + whole.indexOf('slipway-disable-');
    const words = rest.split('--', 1)[0]!.matchAll(/[^\s,]+/g);
    return {
      span: { start: match.index, end: match.index + whole.length },
      directiveSpan: { start: directiveStart, end: restStart },
      names: [...words].flatMap(({ 0: name, index }) => {
        const start = restStart + index;
        return NAME.test(name) ? [{ name, span: { start, end: start + name.length } }] : [];
      }),
      line: scope === 'file' ? undefined : source.lineAt(match.index) + (scope === 'next-line' ? 1 : 0),
    };
  });
}

/** Whether a comment silences a finding of its file; with `only`, whether this one of its names does. */
export function silences(
  comment: SuppressingComment,
  { rule, finding }: ReportedFinding,
  only?: SuppressedName,
): boolean {
  if (comment.line !== undefined && comment.line !== finding.at.source.lineAt(finding.at.span.start)) return false;
  const names = only ? [only] : comment.names;
  return names.length === 0 || names.some(({ name }) => name === rule.id || rule.id.startsWith(`${name}/`));
}

/** Whether a comment of the file silences findings. */
export function suppressionsOf(source: SourceText): (finding: ReportedFinding) => boolean {
  const comments = suppressingComments(source);
  return (finding) => comments.some((comment) => silences(comment, finding));
}
