import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource, ResourceType } from '../resource.ts';
import type { Edge, ResourceGraph } from '../resourceGraph.ts';

/** The edge for a name that is written at `node`; nothing where the name is absent or written by a template. */
export function* edgeTo(
  relation: string,
  source: Resource,
  node: SourceNode | undefined,
  to: readonly ResourceType[],
  graph: ResourceGraph,
  namespace?: string,
): Iterable<Edge> {
  const name = node?.text();
  if (!node || name === undefined || name === '') return;
  yield { relation, source, writtenAt: node, to, target: graph.lookup(source, to, name, namespace) };
}
