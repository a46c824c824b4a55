import type { SourceNode } from '../../text/sourceNode.ts';
import {
  childOf,
  childrenOf,
  isNull,
  plainValue,
  put,
  type Tree,
  treeOf,
  underKey,
  withChildren,
  without,
  withoutKey,
} from './sourceTree.ts';

/** An operation that cannot be done to an object, and why. */
export interface FailedOperation {
  readonly at: SourceNode;
  readonly message: string;
}

/**
 * Applies the operations of a JSON patch (RFC 6902), which must all succeed: at the first that cannot be done, the object
 * stays as it was.
 */
export function applyJsonPatch(tree: Tree, operations: SourceNode): { tree: Tree; failed?: FailedOperation } {
  let result = tree;
  for (const operation of operations.items) {
    const path = operation.find('path');
    const kind = operation.text('op');
    const segments = pointer(path?.text() ?? '');
    // Half-typed, or written by a template: nothing can be said of what it would do.
    if (!path || kind === undefined || !segments) return { tree };
    try {
      result = applyOne(result, kind, segments, operation);
    } catch (error) {
      if (!(error instanceof MissingPath)) throw error;
      return { tree, failed: { at: path, message: error.message } };
    }
  }
  return { tree: result };
}

/** The segments of a JSON pointer; undefined where it is none. */
export function pointer(path: string): string[] | undefined {
  if (path === '') return [];
  if (!path.startsWith('/')) return undefined;
  return path
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

class MissingPath extends Error {}

function applyOne(tree: Tree, kind: string, path: readonly string[], operation: SourceNode): Tree {
  const value = operation.find('value');
  const from = () => pointer(operation.text('from') ?? '') ?? [];
  switch (kind) {
    case 'add':
      return value ? add(tree, path, set(value)) : tree;
    case 'replace':
      // Kustomize lets an entry be replaced that a map does not have; an item of a list must be there.
      if (!value || get(tree, path.slice(0, -1)).kind === 'map') return value ? add(tree, path, set(value)) : tree;
      get(tree, path);
      return change(tree, path, (old) => ({ ...set(value), ...keyOf(old) }));
    case 'remove':
      get(tree, path);
      return change(tree, path, () => undefined);
    case 'copy':
      return add(tree, path, get(tree, from()));
    case 'move':
      return add(
        change(tree, from(), () => undefined),
        path,
        get(tree, from()),
      );
    case 'test': {
      const same = JSON.stringify(plainValue(get(tree, path))) === JSON.stringify(value?.value);
      if (!same) throw new MissingPath(`has another value at ${shown(path)}`);
      return tree;
    }
    default:
      return tree;
  }
}

function get(tree: Tree, path: readonly string[]): Tree {
  let node: Tree | undefined = tree;
  for (const segment of path) {
    node = node.kind === 'list' ? childrenOf(node)[indexIn(node, segment)] : childOf(node, segment);
    if (!node) throw new MissingPath(`has nothing at ${shown(path)}`);
  }
  return node;
}

function add(tree: Tree, path: readonly string[], value: Tree): Tree {
  const last = path.at(-1);
  if (last === undefined) return value;
  return change(tree, path.slice(0, -1), (parent) => {
    if (parent.kind === 'map') return put(parent, underKey(value, last));
    if (parent.kind !== 'list') throw new MissingPath(`has no map or list at ${shown(path.slice(0, -1))}`);
    const items = childrenOf(parent);
    const index = last === '-' ? items.length : indexIn(parent, last);
    if (index > items.length) throw new MissingPath(`has only ${items.length} items at ${shown(path.slice(0, -1))}`);
    return withChildren(parent, items.toSpliced(index, 0, withoutKey(value)));
  });
}

function change(tree: Tree, path: readonly string[], make: (old: Tree) => Tree | undefined): Tree {
  const [first, ...rest] = path;
  if (first === undefined) return make(tree) ?? tree;
  if (tree.kind === 'list') {
    const items = childrenOf(tree);
    const index = indexIn(tree, first);
    const item = items[index];
    if (!item) throw new MissingPath(`has nothing at ${shown(path)}`);
    const changed = rest.length === 0 ? make(item) : change(item, rest, make);
    return withChildren(tree, changed ? items.with(index, withoutKey(changed)) : items.toSpliced(index, 1));
  }
  const child = childOf(tree, first);
  if (!child || (rest.length > 0 && isNull(child))) throw new MissingPath(`has nothing at ${shown(path)}`);
  const changed = rest.length === 0 ? make(child) : change(child, rest, make);
  return changed ? put(tree, underKey(changed, first)) : without(tree, first);
}

function indexIn(list: Tree, segment: string): number {
  if (!/^-?\d+$/.test(segment)) throw new MissingPath(`has a list where ${segment} is looked for`);
  const index = Number(segment);
  return index < 0 ? childrenOf(list).length + index : index;
}

/** An operation is no entry that an edit could extend or take out. */
function set(value: SourceNode): Tree {
  return { ...treeOf(value), derived: true };
}

function keyOf(tree: Tree): { readonly key?: string } {
  return tree.key === undefined ? {} : { key: tree.key };
}

function shown(path: readonly string[]): string {
  return `/${path.join('/')}`;
}
