import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import type { Severity } from '../rules/contract.ts';
import type { ReportedFinding } from '../rules/runRules.ts';
import type { Session } from './session.ts';
import { toLocation } from './toLocation.ts';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

/** What `Diagnostic.data` carries: the titles of the fixes that `textDocument/codeAction` will offer here. */
export interface DiagnosticFixes {
  readonly fixes: readonly { readonly title: string; readonly safe: boolean }[];
}

/** A finding as the protocol says it, with what this client understands of it. */
export function toDiagnostic(reported: ReportedFinding, session: Pick<Session, 'client' | 'pages'>): Diagnostic {
  const { rule, severity, finding } = reported;
  const client = session.client.textDocument;
  const understands = client?.diagnostic ?? client?.publishDiagnostics;
  const fixes = (finding.fixes ?? []).map(({ title, safe }) => ({ title, safe }));
  return {
    range: finding.at.source.range(finding.at.span),
    severity: SEVERITIES[severity],
    source: 'slipway',
    code: rule.id,
    message: finding.message,
    ...(understands?.codeDescriptionSupport ? { codeDescription: { href: session.pages.linkTo(rule.id) } } : {}),
    ...(finding.related && understands?.relatedInformation
      ? { relatedInformation: finding.related.map(({ at, message }) => ({ location: toLocation(at), message })) }
      : {}),
    ...(fixes.length > 0 && understands?.dataSupport ? { data: { fixes } satisfies DiagnosticFixes } : {}),
  };
}
