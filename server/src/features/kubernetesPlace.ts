import type { ResourceSchema, SchemaIndex } from '../schema/schemaIndex.ts';
import type { PathSegment, SourceNode } from '../text/sourceNode.ts';

/** A path within the object that holds it, and the schema of that object. */
export interface KubernetesPlace {
  readonly resource: ResourceSchema | undefined;
  readonly root: SourceNode;
  readonly path: readonly PathSegment[];
}

/** The object of the document that `path` leads into: the document itself, or an item of a List. */
export function kubernetesPlace(
  document: SourceNode,
  path: readonly PathSegment[],
  index: SchemaIndex,
): KubernetesPlace {
  let root = document;
  let rest = path;
  while (root.text('kind')?.endsWith('List') && rest[0] === 'items' && typeof rest[1] === 'number') {
    const item = root.find('items', rest[1]);
    if (!item || (index.forResource(root.text('apiVersion') ?? '', root.text('kind') ?? '') && !item.text('kind')))
      break;
    root = item;
    rest = rest.slice(2);
  }
  const resource = index.forResource(root.text('apiVersion') ?? '', root.text('kind') ?? '');
  return { resource, root, path: rest };
}
