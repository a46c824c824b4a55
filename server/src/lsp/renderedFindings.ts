import type { Diagnostic } from 'vscode-languageserver/node';
import type { RenderedFindingsParams, RenderedFindingsResult } from '../../../protocol/slipwayProtocol.ts';
import { renderFailure } from '../render/renderFailure.ts';
import { chartAt } from '../workspace/helm/chartsOf.ts';
import { canonicalUri } from './canonicalUri.ts';
import type { Session } from './session.ts';
import { toDiagnostic } from './toDiagnostic.ts';

/** What is to be said of a chart that the client had rendered, by file; Helm's own words where nothing else explains them. */
export function renderedFindings(params: RenderedFindingsParams, session: Session): RenderedFindingsResult {
  const chart = chartAt(session.workspace.snapshot().graph, canonicalUri(params.chart));
  if (!chart) return [];
  const { failure, marked, output } = params;
  const valuesFiles = params.valuesFiles.map(canonicalUri);
  const findings = [...session.findings.ofRendered(chart, { output, marked: marked ?? undefined, valuesFiles })];
  const isExplained = findings.some(({ rule, severity }) => rule.id.startsWith('syntax/') && severity === 'error');
  if (failure !== null && !isExplained) findings.push(...renderFailure(chart, failure));
  const byUri = new Map<string, Diagnostic[]>();
  for (const finding of findings) {
    const { uri } = finding.finding.at.source;
    byUri.set(uri, [...(byUri.get(uri) ?? []), toDiagnostic(finding, session)]);
  }
  return [...byUri].map(([uri, diagnostics]) => ({ uri, diagnostics }));
}
