import { nearestName } from '../../text/nearestName.ts';
import type { SourceText, Span } from '../../text/sourceText.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import type { Chart } from './chart.ts';
import { releaseReading } from './releaseReading.ts';

/** A call of a template that nothing defines. */
export interface UndefinedTemplate {
  readonly source: SourceText;
  /** The name without its quotes. */
  readonly span: Span;
  readonly name: string;
  readonly nearest: string | undefined;
}

/**
 * The calls in a chart's templates of names that neither the chart nor its parents and dependencies define. Empty where a
 * dependency is not in the workspace, or the chart is made for others (a library, or a part of one that is not here).
 */
export function undefinedTemplates(graph: ResourceGraph, chart: Chart): UndefinedTemplate[] {
  const release = releaseReading(graph, chart);
  for (const { isLibrary, dependencies } of release.charts) {
    if (isLibrary && release.charts.size === 1) return [];
    if (dependencies.some((dependency) => !dependency.chart)) return [];
  }
  const found = new Map<string, UndefinedTemplate>();
  for (const { reading, template } of release.runs) {
    if (!chart.templates.includes(template)) continue;
    for (const { name, nameSpan: span } of reading.calls) {
      // The files themselves can be called too, by their path.
      if (name === '' || release.definitions.has(name) || name.includes('/templates/')) continue;
      const nearest = nearestName(name, release.definitions.keys());
      found.set(`${template.uri} ${span.start}`, { source: template.source, span, name, nearest });
    }
  }
  return [...found.values()];
}
