import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';

/** The annotation of an object, as written. */
export function annotation(resource: Resource, name: string): SourceNode | undefined {
  return resource.root.find('metadata', 'annotations', name);
}

/** The parts of a list that is written with commas. */
export function words(text: string): string[] {
  return text.split(',').map((word) => word.trim());
}
