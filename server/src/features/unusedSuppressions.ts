import type { Profile } from '../rules/contract.ts';
import type { KnownRules } from '../rules/knownRules.ts';
import type { ReportedFinding } from '../rules/runRules.ts';
import { type SuppressedName, type SuppressingComment, silences, suppressingComments } from '../rules/suppressions.ts';
import type { SourceText, Span, TextEdit } from '../text/sourceText.ts';

/** What there was to silence, and what is known of names. */
export interface SuppressionFacts {
  readonly known: KnownRules;
  readonly profile: Profile;
  /** Everything that the strict profile finds in the file, before anything was silenced. */
  readonly findings: readonly ReportedFinding[];
  /** The rule is switched off for this file. */
  isOff(ruleId: string): boolean;
}

/**
 * Suppressing comments of ours that silence nothing, and names in them that no rule has. Names of rules that this profile
 * does not run are left alone: another profile may need them.
 */
export function* unusedSuppressions(source: SourceText, facts: SuppressionFacts): Iterable<ReportedFinding> {
  for (const comment of suppressingComments(source)) {
    if (comment.names.length === 0) {
      if (facts.findings.some((finding) => silences(comment, finding))) continue;
      yield report(source, comment.directiveSpan, 'suppression-unused', 'This comment silences nothing.', {
        title: 'Remove the comment',
        edits: () => [removeComment(source, comment)],
      });
      continue;
    }
    for (const name of comment.names) {
      if (!facts.known.has(name.name)) yield unknown(source, name, facts.known);
      else if (mayBeUnused(name, facts) && !facts.findings.some((finding) => silences(comment, finding, name)))
        yield unused(source, comment, name);
    }
  }
}

function mayBeUnused({ name }: SuppressedName, { known, profile, isOff }: SuppressionFacts): boolean {
  // Cluster views, the schema of another extension and the like are not asked here.
  if (name.startsWith('syntax') || name.startsWith('schema')) return false;
  if (isOff(name)) return false;
  return !name.includes('/') || profile === 'strict' || known.profileOf(name) === 'recommended';
}

function unknown(source: SourceText, { name, span }: SuppressedName, known: KnownRules): ReportedFinding {
  const near = known.nearest(name);
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  return report(
    source,
    span,
    'suppression-of-unknown-rule',
    `No rule or pattern is called ${name}.${hint}`,
    near === undefined ? undefined : { title: `Use ${near}`, edits: () => [{ uri: source.uri, span, newText: near }] },
  );
}

function unused(source: SourceText, comment: SuppressingComment, name: SuppressedName): ReportedFinding {
  const isOnly = comment.names.length === 1;
  return report(source, name.span, 'suppression-unused', `There is no finding of ${name.name} to silence here.`, {
    title: isOnly ? 'Remove the comment' : `Remove ${name.name}`,
    edits: () => [isOnly ? removeComment(source, comment) : removeName(source, name)],
  });
}

function report(
  source: SourceText,
  span: Span,
  code: string,
  message: string,
  fix: { readonly title: string; edits(): readonly TextEdit[] } | undefined,
): ReportedFinding {
  return {
    rule: { id: `syntax/${code}` },
    severity: 'information',
    finding: { at: { source, span }, message, ...(fix ? { fixes: [{ ...fix, safe: true }] } : {}) },
  };
}

/** The whole line where the comment stands alone in it. */
function removeComment(source: SourceText, { span }: SuppressingComment): TextEdit {
  const line = source.lineAt(span.start);
  const { start, end } = source.lineSpan(line);
  const before = source.text.slice(start, span.start);
  const nextLine = source.lineStarts[line + 1] ?? source.text.length;
  if (before.trim() === '') return { uri: source.uri, span: { start, end: nextLine }, newText: '' };
  return { uri: source.uri, span: { start: start + before.trimEnd().length, end }, newText: '' };
}

function removeName(source: SourceText, { span }: SuppressedName): TextEdit {
  const rest = /^[ \t,]*(?=[a-z0-9])/.exec(source.text.slice(span.end))?.[0] ?? '';
  const isLast = rest === '';
  const before = /[\s,]*$/.exec(source.text.slice(0, span.start))?.[0] ?? '';
  const removed = isLast
    ? { start: span.start - before.length, end: span.end }
    : { start: span.start, end: span.end + rest.length };
  return { uri: source.uri, span: removed, newText: '' };
}
