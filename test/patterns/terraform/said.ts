import { exampleSnapshot, findingsOf } from '../../catalog/exampleWorkspace.ts';

/** What one rule says of a module: of one file, or of files by name. Findings of the strict profile are marked. */
export function said(fault: string, files: string | Readonly<Record<string, string>>): string[] {
  const named = typeof files === 'string' ? { 'main.tf': files } : files;
  const snapshot = exampleSnapshot(Object.entries(named).map(([name, text]) => ({ name, text })));
  return findingsOf(snapshot, 'strict').flatMap(({ rule, finding }) =>
    rule.id === `terraform/${fault}` ? `${finding.strict ? 'strict: ' : ''}${finding.message}` : [],
  );
}
