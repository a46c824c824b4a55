import type { Place } from '../text/sourceNode.ts';
import type { Resource } from '../workspace/resource.ts';

/** Where a resource bears its name: the place a definition leads to. */
export function namePlace({ root }: Resource): Place {
  return root.find('metadata', 'name') ?? root.find('name') ?? root.entries[0]?.keyPlace ?? root;
}
