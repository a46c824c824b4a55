import { DiagnosticSeverity, languages } from 'vscode';

/** How many errors and warnings of Slipway the editor shows. */
export function findingCounts(): { errors: number; warnings: number } {
  const ours = languages
    .getDiagnostics()
    .flatMap(([, diagnostics]) => diagnostics.filter(({ source }) => source === 'slipway'));
  const count = (severity: DiagnosticSeverity): number =>
    ours.filter((diagnostic) => diagnostic.severity === severity).length;
  return { errors: count(DiagnosticSeverity.Error), warnings: count(DiagnosticSeverity.Warning) };
}
