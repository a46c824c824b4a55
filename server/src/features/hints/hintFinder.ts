import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource, ResourceType } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import type { InlayHint } from '../languageFeatures.ts';

/** Finds what is to be said in the lines of one resource. It costs what that resource costs, whatever the workspace's size. */
export interface HintFinder {
  /** Absent: every resource. */
  readonly types?: readonly ResourceType[];
  find(resource: Resource, graph: ResourceGraph): Iterable<InlayHint>;
}

/** Where a hint about a value stands: behind it on its line, or behind the key of what goes on below. */
export function behind(node: SourceNode): number {
  const goesOn = (node.kind === 'map' || node.kind === 'list') && !node.flow;
  // The colon belongs to the key.
  return goesOn && node.keySpan ? node.keySpan.end + 1 : node.span.end;
}
