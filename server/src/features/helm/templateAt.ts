import { templateOf } from '../../languages/helm/templateOf.ts';
import type { Scope } from '../../languages/helm/templateReading.ts';
import type { Action, Template } from '../../languages/helm/templateSyntax.ts';
import type { Chart, ChartTemplate } from '../../workspace/helm/chart.ts';
import { chartAt, chartTemplateAt } from '../../workspace/helm/chartsOf.ts';
import { type ReleaseReading, releaseReading, type TemplateRun } from '../../workspace/helm/releaseReading.ts';
import type { FileState } from '../languageFeatures.ts';

/** A template file of a chart with all that is known of what it does. */
export interface OpenTemplate {
  readonly chart: Chart;
  readonly file: ChartTemplate;
  readonly template: Template;
  readonly release: ReleaseReading;
  readonly runs: readonly TemplateRun[];
}

/** The template that a file is; undefined for every other file, and for templates outside of charts. */
export function openTemplate({ file, snapshot }: FileState): OpenTemplate | undefined {
  const { source } = file.parsed;
  const chart = chartAt(snapshot.graph, source.uri);
  const found = chart && chartTemplateAt(chart, source.uri);
  if (!chart || !found) return undefined;
  const release = releaseReading(snapshot.graph, chart);
  return { chart, file: found, template: templateOf(source), release, runs: release.runsIn(source.uri) };
}

/** The action that the cursor is in: behind its opening braces, before its closing ones. */
export function actionAt({ actions }: Template, offset: number): Action | undefined {
  let low = 0;
  let high = actions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (actions[middle]!.start < offset) low = middle + 1;
    else high = middle;
  }
  const action = actions[low - 1];
  if (!action || offset < action.start + 2) return undefined;
  return offset <= (action.isClosed ? action.end - 2 : action.end) ? action : undefined;
}

/** What an action may speak of, once for each way in which it runs. */
export function scopesAt(runs: readonly TemplateRun[], action: Action): Scope[] {
  return runs.flatMap(({ reading }) => reading.scopes.get(action) ?? []);
}
