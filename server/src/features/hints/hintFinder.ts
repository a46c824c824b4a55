import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource, ResourceType } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** Words about one value. The value may lie in another file than the resource: an overlay writes into many. */
export interface ValueHint {
  readonly at: SourceNode;
  readonly label: string;
  tooltip?(): string | undefined;
}

/** Finds what is to be said in the lines of one resource. It costs what that resource costs, whatever the workspace's size. */
export interface HintFinder {
  /** Absent: every resource. */
  readonly types?: readonly ResourceType[];
  find(resource: Resource, graph: ResourceGraph): Iterable<ValueHint>;
}
