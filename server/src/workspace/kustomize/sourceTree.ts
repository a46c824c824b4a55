import type { Origin, PathSegment, Place, RawNode, Scalar, SourceNode } from '../../text/sourceNode.ts';

/**
 * A value that knows where it was written, whatever tree it stands in. Immutable: a change makes a new tree that shares
 * what did not change, so that a build copies no text and every value of its result leads back to the line that set it.
 */
export type Tree = RawNode & { readonly origin: Origin };

export function treeOf(node: SourceNode): Tree {
  return node.raw;
}

/** The entries of a map or the items of a list; empty for scalars and unknown values. */
export function childrenOf(tree: Tree): readonly Tree[] {
  const { children, origin } = tree;
  if (!children || children.length === 0) return NONE;
  const known = locatedChildren.get(children);
  if (known && known.source === origin.source && known.base === origin.base) return known.children;
  const found = children.map((child) => located(child, origin));
  locatedChildren.set(children, { source: origin.source, base: origin.base, children: found });
  return found;
}

const NONE: readonly Tree[] = Object.freeze([]);

/** Trees are gone through again and again: each child is told its origin once. */
const locatedChildren = new WeakMap<readonly RawNode[], Origin & { readonly children: readonly Tree[] }>();

export function childOf(tree: Tree | undefined, key: PathSegment): Tree | undefined {
  if (!tree) return undefined;
  if (typeof key === 'number') return tree.kind === 'list' ? childrenOf(tree)[key] : undefined;
  return tree.kind === 'map' ? childrenOf(tree).find((entry) => entry.key === key) : undefined;
}

export function treeAt(tree: Tree | undefined, ...path: readonly PathSegment[]): Tree | undefined {
  return path.reduce(childOf, tree);
}

/** The text of a scalar at `path`; undefined for null, for what is unknown and for collections. */
export function textAt(tree: Tree | undefined, ...path: readonly PathSegment[]): string | undefined {
  const scalar = treeAt(tree, ...path)?.scalar;
  return scalar === undefined || scalar === null ? undefined : String(scalar);
}

export function isNull(tree: Tree): boolean {
  return tree.kind === 'scalar' && tree.scalar === null;
}

export function withChildren(tree: Tree, children: readonly RawNode[]): Tree {
  return { ...tree, children };
}

/** The map with this entry: in the place of the one of the same key, or behind the last. */
export function put(map: Tree, entry: Tree): Tree {
  const children = map.children ?? [];
  const index = children.findIndex(({ key }) => key === entry.key);
  return withChildren(map, index < 0 ? [...children, entry] : children.with(index, entry));
}

export function without(map: Tree, key: string): Tree {
  return withChildren(
    map,
    (map.children ?? []).filter((entry) => entry.key !== key),
  );
}

/** The same value under another key. The place of its own key is given up: it names something else. */
export function underKey(tree: Tree, key: string): Tree {
  if (tree.key === key) return tree;
  const { keyStart: _start, keyEnd: _end, ...rest } = tree;
  return { ...rest, key };
}

/** The same value as an item of a list. */
export function withoutKey(tree: Tree): Tree {
  const { key: _key, keyStart: _start, keyEnd: _end, ...rest } = tree;
  return rest;
}

/** A scalar that a build computed from what stands at `place`. */
export function derivedScalar(place: Place, scalar: Scalar, key?: string): Tree {
  return { ...atPlace(place), kind: 'scalar', scalar, derived: true, ...(key === undefined ? {} : { key }) };
}

/** A collection that a build made because of what stands at `place`. */
export function derivedMap(place: Place, children: readonly Tree[], key?: string): Tree {
  return { ...atPlace(place), kind: 'map', children, derived: true, ...(key === undefined ? {} : { key }) };
}

/** A value that nobody can know before it is built elsewhere; of secrets, one that nobody is to see. */
export function unknownValue(place: Place, key?: string): Tree {
  return { ...atPlace(place), kind: 'unknown', derived: true, ...(key === undefined ? {} : { key }) };
}

export function placeOf({ origin: { source, base }, start, end }: Tree): Place {
  return { source, span: { start: base + start, end: base + end } };
}

/** Plain JavaScript value; unknown parts are undefined. */
export function plainValue(tree: Tree): unknown {
  switch (tree.kind) {
    case 'scalar':
      return tree.scalar;
    case 'list':
      return childrenOf(tree).map(plainValue);
    case 'map':
      return Object.fromEntries(childrenOf(tree).map((entry) => [entry.key ?? '', plainValue(entry)]));
    case 'unknown':
      return undefined;
  }
}

/** The tree with what `change` makes of the value at `path`; itself where nothing stands there. */
export function updateAt(tree: Tree, path: readonly PathSegment[], change: (value: Tree) => Tree | undefined): Tree {
  const [first, ...rest] = path;
  const child = first === undefined ? undefined : childOf(tree, first);
  if (first === undefined || !child) return tree;
  const changed = rest.length === 0 ? change(child) : updateAt(child, rest, change);
  if (changed === child) return tree;
  if (changed === undefined) {
    return typeof first === 'string' ? without(tree, first) : withChildren(tree, tree.children!.toSpliced(first, 1));
  }
  if (typeof first === 'number') return withChildren(tree, tree.children!.with(first, changed));
  return put(tree, changed);
}

function located(node: RawNode, origin: Origin): Tree {
  return node.origin ? (node as Tree) : { ...node, origin };
}

function atPlace({ source, span }: Place): Omit<Tree, 'kind'> {
  return { origin: { source, base: 0 }, start: span.start, end: span.end };
}
