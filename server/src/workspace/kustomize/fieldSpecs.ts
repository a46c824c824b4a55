import { type BuildObject, groupOf, kindOf, versionOf } from './buildObject.ts';
import { childOf, childrenOf, isNull, put, type Tree, underKey, withChildren, withoutKey } from './sourceTree.ts';

/** A field that a transformation sets, in the objects of one kind or of all. */
export interface FieldSpec {
  /** Keys joined by `/`; a slash within a key is written `\/`. Lists on the way are gone through. */
  readonly path: string;
  readonly kind?: string;
  readonly group?: string;
  readonly version?: string;
  /** Makes the maps on the way. */
  readonly create?: boolean;
}

export function isSelected(object: BuildObject, { kind, group, version }: FieldSpec): boolean {
  return (
    (kind === undefined || kind === kindOf(object)) &&
    (group === undefined || group === groupOf(object)) &&
    (version === undefined || version === versionOf(object))
  );
}

/** Changes what stands at the field of a spec; `empty` stands in for a last field that is to be created. */
export function changeField(
  object: BuildObject,
  spec: FieldSpec,
  change: (value: Tree) => Tree,
  empty?: (key: string) => Tree,
): boolean {
  if (!isSelected(object, spec)) return false;
  const changed = changeAt(object.tree, segmentsOf(spec.path), change, spec.create === true ? empty : undefined);
  if (changed === object.tree) return false;
  object.tree = changed;
  return true;
}

const segments = new Map<string, readonly string[]>();

function segmentsOf(path: string): readonly string[] {
  let known = segments.get(path);
  if (!known) {
    known = path.match(/(?:\\\/|[^/])+/g)?.map((segment) => segment.replaceAll('\\/', '/')) ?? [];
    segments.set(path, known);
  }
  return known;
}

function changeAt(
  tree: Tree,
  path: readonly string[],
  change: (value: Tree) => Tree,
  empty: ((key: string) => Tree) | undefined,
): Tree {
  const [segment, ...rest] = path;
  if (segment === undefined) return change(tree);
  if (tree.kind === 'list') {
    const items = childrenOf(tree);
    const changed = items.map((item) => changeAt(item, path, change, empty));
    return changed.every((item, index) => item === items[index]) ? tree : withChildren(tree, changed.map(withoutKey));
  }
  if (tree.kind !== 'map') return tree;
  const key = segment.replace(/\[\]$/, '');
  const child = childOf(tree, key);
  if (!child || isNull(child)) {
    // A list that is not there has no items to create fields in.
    if (!empty || segment !== key) return tree;
    return put(tree, underKey(changeAt(empty(key), rest, change, empty), key));
  }
  const changed = changeAt(child, rest, change, empty);
  return changed === child ? tree : put(tree, underKey(changed, key));
}
