import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/**
 * What an instance of a pattern is called: its resource's name, or `HorizontalPodAutoscaler of cart` where the chart cart
 * writes the name by a template. Of several in one chart, the file tells which; of an object that several overlays
 * deploy, the folder of the overlay.
 */
export function instanceName(resource: Resource, graph: ResourceGraph): string {
  const chart = graph.near(resource, 'helm/Chart').find(({ name }) => name !== undefined);
  const ofChart = chart ? `${resource.kind} of ${chart.name}` : resource.kind;
  const remark = resource.name === undefined && chart ? fileAmong(resource, graph) : overlayAmong(resource, graph);
  return `${resource.name ?? ofChart}${remark === undefined ? '' : ` (${remark})`}`;
}

/** The file of an object, where its chart holds more such objects without a name. */
function fileAmong(resource: Resource, graph: ResourceGraph): string | undefined {
  const isOnly = graph.near(resource, resource.type).filter(({ name }) => name === undefined).length === 1;
  return isOnly ? undefined : lastSegment(resource.uri);
}

/** The folder of the overlay, where several include the same document. */
function overlayAmong(resource: Resource, graph: ResourceGraph): string | undefined {
  const { start } = resource.root.span;
  // A resource that stands for the whole file may begin at the same place.
  const copies = graph
    .inFile(resource.uri)
    .filter(({ root, type }) => root.span.start === start && type === resource.type);
  const isOnly = copies.length === 1;
  return isOnly ? undefined : lastSegment(graph.setOf(resource));
}

function lastSegment(path: string): string {
  return path.replace(/\/$/, '').split('/').at(-1) ?? path;
}
