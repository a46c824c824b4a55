import { folderOf } from '../../workspace/documentSets.ts';
import { chartAt } from '../../workspace/helm/chartsOf.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { VALUES } from './chart.ts';

const TEMPLATE = 'helm/Template';

/** What is left of a chart whose Chart.yaml is gone. */
export interface ChartRemains {
  /** Its last segment is the name of the chart, by Helm's convention. */
  readonly folder: string;
  readonly templates: readonly Resource[];
  readonly values: Resource;
}

/**
 * Folders with a `values.yaml` and, beside it, manifests in `templates/` that use its values, and no `Chart.yaml`.
 * Other programs keep templates in folders of that name too, but do not write `.Values`.
 */
export function templatesWithoutChart(graph: ResourceGraph): readonly ChartRemains[] {
  const templates = new Map<string, Resource[]>();
  for (const template of graph.all(TEMPLATE)) {
    const folder = template.uri.slice(0, template.uri.indexOf('/templates/') + 1);
    if (!/\.ya?ml$/.test(template.uri) || chartAt(graph, template.uri)) continue;
    templates.set(folder, [...(templates.get(folder) ?? []), template]);
  }
  if (templates.size === 0) return [];
  const values = new Map(
    graph.all(VALUES).flatMap((one) => (/\/values\.ya?ml$/.test(one.uri) ? [[folderOf(one), one] as const] : [])),
  );
  return [...templates].flatMap(([folder, members]) => {
    const own = values.get(folder);
    return own && members.some(usesValues) ? { folder, templates: members, values: own } : [];
  });
}

function usesValues({ root }: Resource): boolean {
  return /\{\{[^{}]*\.Values\b/.test(root.source.slice(root.span));
}
