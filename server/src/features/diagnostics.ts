import { type Settings, settingsOf } from '../configuration/settings.ts';
import type { Profile } from '../rules/contract.ts';
import type { ReportedFinding, RuleSet, RunOptions } from '../rules/runRules.ts';
import { suppressingComments, suppressionsOf } from '../rules/suppressions.ts';
import type { Resource } from '../workspace/resource.ts';
import type { LoadedFile, Snapshot } from '../workspace/world.ts';
import { unusedSuppressions } from './unusedSuppressions.ts';

/** Finds faults in one file that no rule speaks of, e.g. what does not fit its schema. */
export type Inspection = (file: LoadedFile, snapshot: Snapshot) => Iterable<ReportedFinding>;

/** `profile` and `severityOf` are the user's own; what a `slipway.yaml` says comes before them. */
export interface DiagnosticOptions extends RunOptions {
  readonly rules: RuleSet;
  readonly inspections: readonly Inspection[];
  /** Comes before what a `slipway.yaml` says: a choice for this one run. */
  readonly forcedProfile?: Profile;
}

/** Everything that is to be said about one file, in document order; what the author silenced is left out. */
export function diagnose(snapshot: Snapshot, uri: string, options: DiagnosticOptions): ReportedFinding[] {
  const file = snapshot.files.get(uri);
  if (!file) return [];
  const settings = settingsOf(snapshot.graph, uri);
  if (settings.isExcluded) return [];
  const run: RunOptions = {
    profile: options.forcedProfile ?? settings.profile ?? options.profile,
    severityOf: (ruleId) => settings.severityOf(ruleId) ?? options.severityOf?.(ruleId, uri),
    isDemanded: (ruleId) => settings.names(ruleId),
    onFault: options.onFault,
  };
  const resources = snapshot.graph.inFile(uri);
  const inspected = inspectedFindings(file, snapshot, options.inspections, run);
  const findings = [...inspected, ...ruleFindings(snapshot, uri, options.rules, run)];
  const { source } = file.parsed;
  const { known } = options.rules;
  const isSuppressed = suppressionsOf(source);
  const isIgnored = file.language.ignores?.(file.parsed) ?? (() => false);
  const said = findings.filter(
    (finding) =>
      !isSuppressed(finding) &&
      !isIgnored({ equivalents: finding.rule.equivalents ?? [], span: finding.finding.at.span }) &&
      !isAccepted(finding, resources, settings),
  );
  if (known && suppressingComments(source).length > 0 && !hasSyntaxErrors(file)) {
    const strict = ruleFindings(snapshot, uri, options.rules, { ...run, profile: 'strict' });
    const facts = {
      known,
      profile: run.profile,
      findings: [...inspected, ...strict],
      isOff: (ruleId: string) => run.severityOf?.(ruleId, uri) === 'off',
    };
    said.push(...[...unusedSuppressions(source, facts)].flatMap((finding) => chosen(finding, run, uri)));
  }
  return said.sort((a, b) => a.finding.at.span.start - b.finding.at.span.start || (a.rule.id < b.rule.id ? -1 : 1));
}

/** What parsers and inspections find, at the severity that was chosen for it. */
function inspectedFindings(
  file: LoadedFile,
  snapshot: Snapshot,
  inspections: readonly Inspection[],
  run: RunOptions,
): ReportedFinding[] {
  const { source, problems } = file.parsed;
  const findings = [
    ...problems.map(
      ({ code, severity, span, message }): ReportedFinding => ({
        rule: { id: `syntax/${code}` },
        severity,
        finding: { at: { source, span }, message },
      }),
    ),
    ...inspections.flatMap((inspect) => [...inspect(file, snapshot)]),
  ];
  return findings.flatMap((finding) => chosen(finding, run, source.uri));
}

function chosen(finding: ReportedFinding, run: RunOptions, uri: string): ReportedFinding[] {
  const severity = run.severityOf?.(finding.rule.id, uri);
  if (severity === 'off') return [];
  return severity === undefined ? [finding] : [{ ...finding, severity }];
}

function isAccepted({ rule, finding }: ReportedFinding, resources: readonly Resource[], settings: Settings): boolean {
  const { start } = finding.at.span;
  const resource = resources.find(({ root }) => start >= root.span.start && start <= root.span.end);
  return settings.accepts(rule.id, resource) !== undefined;
}

function hasSyntaxErrors(file: LoadedFile): boolean {
  return file.parsed.problems.some(({ severity }) => severity === 'error');
}

/** What the rules say of this file's lines: of its own resources, and of built ones that it wrote a part of. */
function ruleFindings({ graph }: Snapshot, uri: string, rules: RuleSet, run: RunOptions): ReportedFinding[] {
  const own = graph.inFile(uri);
  const parts = graph.writtenIn(uri);
  const findings = rules.run(parts.length === 0 ? own : [...own, ...parts], graph, run);
  const isBuilt = parts.length > 0 || own.some(({ built }) => built !== undefined);
  // The rest of a built object is told of in the files that wrote it.
  return isBuilt ? findings.filter(({ finding }) => finding.at.source.uri === uri) : findings;
}
