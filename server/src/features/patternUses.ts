import type { Pattern, PatternInstance } from '../rules/pattern.ts';
import type { ReportedFinding } from '../rules/runRules.ts';

/** The findings of a pattern's own rules on the participants of one of its instances. */
export function faultsOf(
  pattern: Pattern,
  instance: PatternInstance,
  findingsOf: (uri: string) => readonly ReportedFinding[],
): ReportedFinding[] {
  const faults = new Set<ReportedFinding>();
  for (const { resource } of instance.participants) {
    for (const reported of findingsOf(resource.uri)) {
      const { start } = reported.finding.at.span;
      const isInside = start >= resource.root.span.start && start <= resource.root.span.end;
      if (isInside && reported.rule.id.startsWith(`${pattern.id}/`)) faults.add(reported);
    }
  }
  return [...faults];
}

/** A fault weighs more than a gap; what could merely be better is neither. */
export function stateOf(
  instance: PatternInstance,
  faults: readonly ReportedFinding[],
): 'complete' | 'incomplete' | 'faulty' {
  if (faults.some(({ severity }) => severity !== 'information')) return 'faulty';
  return instance.missing.length > 0 ? 'incomplete' : 'complete';
}
