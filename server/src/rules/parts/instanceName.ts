import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/**
 * What an instance of a pattern is called: its resource's name, or `HorizontalPodAutoscaler of cart` where the chart cart
 * writes the name by a template. Of several in one chart, the file tells which.
 */
export function instanceName(resource: Resource, graph: ResourceGraph): string {
  if (resource.name !== undefined) return resource.name;
  const chart = graph.near(resource, 'helm/Chart').find(({ name }) => name !== undefined);
  if (!chart) return resource.kind;
  const isOnly = graph.near(resource, resource.type).filter(({ name }) => name === undefined).length === 1;
  const file = resource.uri.slice(resource.uri.lastIndexOf('/') + 1);
  return `${resource.kind} of ${chart.name}${isOnly ? '' : ` (${file})`}`;
}
