import { folderOf } from '../../workspace/documentSets.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { CHART } from './chart.ts';

/** The chart in whose folder of that name a file lies. */
export function chartOf(
  resource: { readonly uri: string } & Resource,
  folder: string,
  graph: ResourceGraph,
): Resource | undefined {
  if (!resource.uri.includes(`/${folder}/`)) return undefined;
  return graph.near(resource, CHART).find((chart) => resource.uri.startsWith(`${folderOf(chart)}${folder}/`));
}

/** The object is one that Helm renders. */
export function isInTemplates(resource: Resource, graph: ResourceGraph): boolean {
  return chartOf(resource, 'templates', graph) !== undefined;
}
