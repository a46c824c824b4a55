import { isOwnType, mergeKeys } from './mergeKeys.ts';
import {
  childOf,
  childrenOf,
  isNull,
  put,
  type Tree,
  textAt,
  withChildren,
  without,
  withoutKey,
} from './sourceTree.ts';

const DIRECTIVE = '$patch';

interface Type {
  /** As in `apps/v1 Deployment`. */
  readonly name: string;
  readonly hasOwnSchema: boolean;
}

/**
 * A strategic merge as Kustomize makes it: maps are joined, `null` and `$patch: delete` remove, `$patch: replace` takes
 * the place; lists are joined by the keys that Kubernetes' own kinds name, with the patch's items first, and replaced
 * where no keys are known. Undefined where the patch deletes the whole object.
 *
 * @param hasOwnSchema the kustomization names a schema (`openapi`), which may know keys for lists of custom resources
 */
export function mergePatch(target: Tree, patch: Tree, hasOwnSchema = false): Tree | undefined {
  const type = `${textAt(target, 'apiVersion') ?? ''} ${textAt(target, 'kind') ?? ''}`;
  return merge(target, patch, { name: type, hasOwnSchema: hasOwnSchema && !isOwnType(type) }, []);
}

function merge(target: Tree | undefined, patch: Tree, type: Type, path: readonly string[]): Tree | undefined {
  if (isNull(patch)) return undefined;
  if (patch.kind === 'map') {
    const directive = textAt(patch, DIRECTIVE);
    if (directive === 'delete') return undefined;
    if (directive === 'replace' || target?.kind !== 'map') return cleaned(without(patch, DIRECTIVE));
    return mergeMaps(target, patch, type, path);
  }
  if (patch.kind === 'list' && target?.kind === 'list') {
    const keys = mergeKeys(type.name, path);
    if (keys) return mergeLists(target, patch, keys, type, path);
    // A schema of the kustomization's own may name keys: how the two are joined is not known here.
    if (type.hasOwnSchema) return { ...withChildren(patch, []), kind: 'unknown' };
  }
  // What a patch only repeats is still what the object's own file says.
  if (patch.kind === 'scalar' && target?.kind === 'scalar' && target.scalar === patch.scalar) return target;
  return cleaned(patch);
}

function mergeMaps(target: Tree, patch: Tree, type: Type, path: readonly string[]): Tree {
  let result = target;
  for (const entry of childrenOf(patch)) {
    const key = entry.key ?? '';
    if (key === DIRECTIVE) continue;
    const merged = merge(childOf(target, key), entry, type, [...path, key]);
    result = merged ? put(result, merged) : without(result, key);
  }
  // What a template may add to the patch, it may add here.
  return patch.open ? { ...result, open: true } : result;
}

function mergeLists(
  target: Tree,
  patch: Tree,
  keys: readonly string[],
  type: Type,
  path: readonly string[],
): Tree | undefined {
  const items = childrenOf(patch);
  const whole = items.find((item) => item.kind === 'map' && childrenOf(item).length === 1 && textAt(item, DIRECTIVE));
  if (whole) {
    if (textAt(whole, DIRECTIVE) === 'delete') return undefined;
    if (textAt(whole, DIRECTIVE) === 'replace')
      return withChildren(
        patch,
        items.filter((item) => item !== whole),
      );
  }
  const rest = [...childrenOf(target)];
  const first: Tree[] = [];
  const used = keys.filter((key) => [...items, ...rest].some((item) => textAt(item, key) !== undefined));
  for (const item of items) {
    const index = rest.findIndex((other) => isSame(other, item, keys));
    const merged = merge(index < 0 ? undefined : rest[index], item, type, path);
    // Where one key is not enough, Kustomize leaves what was there in its place.
    if (index >= 0 && used.length > 1 && merged) rest[index] = withoutKey(merged);
    else if (index >= 0) rest.splice(index, 1);
    if (index >= 0 && used.length > 1) continue;
    if (merged && !first.some((other) => keys.length === 0 && other.scalar === merged.scalar)) {
      first.push(withoutKey(merged));
    }
  }
  return withChildren(target, [...first, ...rest]);
}

/** A key that one of the two leaves out, as the protocol of a port, agrees with every value. */
function isSame(a: Tree, b: Tree, keys: readonly string[]): boolean {
  if (keys.length === 0) return a.scalar === b.scalar;
  const [main, ...others] = keys;
  const value = textAt(a, main!);
  if (value === undefined || value !== textAt(b, main!)) return false;
  return others.every((key) => {
    const [one, other] = [textAt(a, key), textAt(b, key)];
    return one === undefined || other === undefined || one === other;
  });
}

/** What a patch adds, without the instructions that only a merge has a use for. */
function cleaned(tree: Tree): Tree {
  if (tree.kind !== 'map' && tree.kind !== 'list') return tree;
  const children = childrenOf(tree);
  const kept = children.filter(
    (child) => !isNull(child) && child.key !== DIRECTIVE && textAt(child, DIRECTIVE) !== 'delete',
  );
  const clean = kept.map(cleaned);
  return kept.length === children.length && clean.every((child, index) => child === kept[index])
    ? tree
    : withChildren(tree, clean);
}
