import type { SourceNode } from '../text/sourceNode.ts';
import type { Resource } from '../workspace/resource.ts';

/** The object as its own file writes it; undefined for what a generator makes. */
export function writtenRoot({ built, root }: Resource): SourceNode | undefined {
  return built ? built.written : root;
}
