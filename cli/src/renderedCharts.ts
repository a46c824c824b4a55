import { fileURLToPath } from 'node:url';
import { type ChartRender, type RenderRequest, renderChart } from '../../client/src/adapters/helmRenderer.ts';
import { Failure } from '../../client/src/cluster/failure.ts';
import { settingsOf } from '../../server/src/configuration/settings.ts';
import type { DiagnosticOptions } from '../../server/src/features/diagnostics.ts';
import { checkRendered } from '../../server/src/render/checkRendered.ts';
import { renderFailure } from '../../server/src/render/renderFailure.ts';
import { UNKNOWN_NAMESPACE } from '../../server/src/render/unknownNamespace.ts';
import type { ReportedFinding } from '../../server/src/rules/runRules.ts';
import { chartsOf } from '../../server/src/workspace/helm/chartsOf.ts';
import type { Snapshot } from '../../server/src/workspace/world.ts';
import { CommandLineError } from './commandLineError.ts';

/** Renders each chart that is installed by itself, with its own values, and checks what comes out. */
export async function renderedFindings(
  snapshot: Snapshot,
  options: DiagnosticOptions,
  signal: AbortSignal,
): Promise<ReportedFinding[]> {
  const findings: ReportedFinding[] = [];
  for (const chart of chartsOf(snapshot.graph).values()) {
    const isPart = chart.parents.some((parent) => chart.folder.startsWith(parent.chart.folder));
    if (chart.isLibrary || isPart) continue;
    const { output, marked, failure } = await renderWithHelm(
      {
        chartFolder: fileURLToPath(chart.folder),
        valuesFiles: [],
        releaseName: chart.name ?? 'release',
        namespace: UNKNOWN_NAMESPACE,
        kubernetesMinor: settingsOf(snapshot.graph, chart.resource.uri).kubernetesMinor,
      },
      signal,
    );
    const found = checkRendered(snapshot, chart, { output, marked, valuesFiles: [] }, options);
    findings.push(...found);
    const isExplained = found.some(({ rule, severity }) => rule.id.startsWith('syntax/') && severity === 'error');
    if (failure !== undefined && !isExplained) findings.push(...renderFailure(chart, failure));
  }
  return findings;
}

/** Runs the `helm` of this machine; a missing one is a matter of usage. */
export async function renderWithHelm(
  request: Omit<RenderRequest, 'command' | 'environment'>,
  signal: AbortSignal,
): Promise<ChartRender> {
  try {
    return await renderChart({ ...request, command: 'helm', environment: process.env }, signal);
  } catch (error) {
    if (error instanceof Failure && error.kind === 'tool-missing') throw new CommandLineError(error.report.message);
    throw error;
  }
}
