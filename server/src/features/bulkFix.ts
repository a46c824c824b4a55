import type { Finding } from '../rules/contract.ts';
import type { ReportedFinding } from '../rules/runRules.ts';
import type { TextEdit } from '../text/sourceText.ts';

/**
 * The edits that mend all these findings at once by their first safe fix. A fix whose edits touch those of an earlier one
 * is left out: it is offered again once the earlier one is made.
 */
export function bulkFix(findings: readonly ReportedFinding[]): TextEdit[] {
  const taken: TextEdit[] = [];
  for (const { finding } of findings) {
    const fix = safeFix(finding);
    if (!fix) continue;
    const edits = fix.edits();
    if (edits.some((edit) => taken.some((other) => conflict(edit, other)))) continue;
    taken.push(...edits);
  }
  return taken;
}

/** The fix of a finding that may be applied without looking. */
export function safeFix({ fixes }: Finding): NonNullable<Finding['fixes']>[number] | undefined {
  return fixes?.find(({ safe }) => safe);
}

/** Two insertions at one place conflict too: their order would be a guess. */
function conflict(a: TextEdit, b: TextEdit): boolean {
  if (a.uri !== b.uri) return false;
  if (a.span.start === b.span.start) return true;
  return a.span.start < b.span.end && b.span.start < a.span.end;
}
