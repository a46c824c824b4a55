import type { ReportedFinding, RuleSet, RunOptions } from '../rules/runRules.ts';
import { suppressionsOf } from '../rules/suppressions.ts';
import type { LoadedFile, Snapshot } from '../workspace/world.ts';

/** Finds faults in one file that no rule speaks of, e.g. what does not fit its schema. */
export type Inspection = (file: LoadedFile, snapshot: Snapshot) => Iterable<ReportedFinding>;

export interface DiagnosticOptions extends RunOptions {
  readonly rules: RuleSet;
  readonly inspections: readonly Inspection[];
}

/** Everything that is to be said about one file, in document order; what the author silenced is left out. */
export function diagnose(snapshot: Snapshot, uri: string, options: DiagnosticOptions): ReportedFinding[] {
  const file = snapshot.files.get(uri);
  if (!file) return [];
  const { source } = file.parsed;
  const findings = [
    ...file.parsed.problems.map(
      (problem): ReportedFinding => ({
        rule: { id: `syntax/${problem.code}` },
        severity: problem.severity,
        finding: { at: { source, span: problem.span }, message: problem.message },
      }),
    ),
    ...options.inspections.flatMap((inspect) => [...inspect(file, snapshot)]),
    ...options.rules.run(snapshot.graph.inFile(uri), snapshot.graph, options),
  ];
  const isSuppressed = suppressionsOf(source);
  const isIgnored = file.language.ignores?.(file.parsed) ?? (() => false);
  return findings
    .filter(
      (finding) =>
        !isSuppressed(finding) &&
        !isIgnored({ equivalents: finding.rule.equivalents ?? [], span: finding.finding.at.span }),
    )
    .sort((a, b) => a.finding.at.span.start - b.finding.at.span.start || (a.rule.id < b.rule.id ? -1 : 1));
}
