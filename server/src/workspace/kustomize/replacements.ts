import type { SourceNode } from '../../text/sourceNode.ts';
import { allIds, type BuildObject, groupOf, versionOf, wroteInto } from './buildObject.ts';
import { selectObjects } from './selectObjects.ts';
import {
  childOf,
  childrenOf,
  derivedMap,
  derivedScalar,
  placeOf,
  put,
  type Tree,
  textAt,
  underKey,
  withChildren,
  withoutKey,
} from './sourceTree.ts';

/** Copies values from one object into others, as `replacements` say. Nothing happens where the source is not found. */
export function replaceValues(objects: readonly BuildObject[], replacement: SourceNode): void {
  const value = sourceValue(objects, replacement);
  if (!value) return;
  for (const target of replacement.find('targets')?.items ?? []) {
    const select = target.find('select');
    if (!select) continue;
    const rejected = new Set(
      (target.find('reject')?.items ?? []).flatMap((reject) => selectObjects(objects, reject) ?? []),
    );
    const fields = target.find('fieldPaths')?.items.flatMap((path) => path.text() ?? []) ?? ['metadata.name'];
    for (const object of selectObjects(objects, select) ?? []) {
      if (rejected.has(object)) continue;
      for (const field of fields) {
        const create = target.boolean('options', 'create') === true;
        const changed = changeAt(object.tree, splitPath(field), create, value, (old) => joined(old, value, target));
        if (changed === object.tree) continue;
        object.tree = changed;
        wroteInto(object, value.origin.source.uri);
      }
    }
  }
}

function sourceValue(objects: readonly BuildObject[], replacement: SourceNode): Tree | undefined {
  const literal = replacement.find('sourceValue');
  if (literal) return literal.raw;
  const source = replacement.find('source');
  if (!source?.known) return undefined;
  const found = objects.filter(
    (object) =>
      (source.text('group') ?? groupOf(object)) === groupOf(object) &&
      (source.text('version') ?? versionOf(object)) === versionOf(object) &&
      allIds(object).some(
        ({ kind, name, namespace }) =>
          (source.text('kind') ?? kind) === kind &&
          (source.text('name') ?? name) === name &&
          (source.text('namespace') ?? namespace) === namespace,
      ),
  );
  const [only, ...others] = found;
  if (!only || others.length > 0) return undefined;
  let value: Tree | undefined = only.tree;
  for (const segment of splitPath(source.text('fieldPath') ?? 'metadata.name')) {
    value = value && step(value, segment);
  }
  const delimiter = source.text('options', 'delimiter');
  if (!value || delimiter === undefined) return value;
  const part = textAt(value)?.split(delimiter)[source.number('options', 'index') ?? 0];
  return part === undefined ? undefined : derivedScalar(placeOf(value), part);
}

function step(tree: Tree, segment: string): Tree | undefined {
  if (tree.kind !== 'list') return childOf(tree, segment);
  const filter = /^\[(.+)=(.*)\]$/.exec(segment);
  if (filter) return childrenOf(tree).find((item) => isMatch(item, filter[1]!, filter[2]!));
  return /^\d+$/.test(segment) ? childrenOf(tree)[Number(segment)] : undefined;
}

function isMatch(item: Tree, key: string, value: string): boolean {
  return (key === '.' ? textAt(item) : textAt(item, key)) === value;
}

function joined(old: Tree | undefined, value: Tree, target: SourceNode): Tree {
  const delimiter = target.text('options', 'delimiter');
  const written = textAt(value);
  if (delimiter === undefined || written === undefined) {
    if (value.kind !== 'scalar') return { ...value, derived: true };
    return derivedScalar(placeOf(value), typed(old, value.scalar!));
  }
  const parts = (old && textAt(old) ? textAt(old)! : '').split(delimiter);
  const index = target.number('options', 'index') ?? 0;
  if (index < 0) parts.unshift(written);
  else if (index >= parts.length) parts.push(written);
  else parts[index] = written;
  return derivedScalar(placeOf(value), parts.join(delimiter));
}

/** A plain scalar keeps being one: what was quoted stays text, what was a number is read again. */
function typed(old: Tree | undefined, scalar: NonNullable<Tree['scalar']>): NonNullable<Tree['scalar']> {
  if (typeof old?.scalar === 'string' && typeof scalar !== 'string') return String(scalar);
  if (typeof old?.scalar === 'number' && typeof scalar === 'string' && /^\d+$/.test(scalar)) return Number(scalar);
  return scalar;
}

function changeAt(
  tree: Tree,
  path: readonly string[],
  create: boolean,
  value: Tree,
  change: (old: Tree | undefined) => Tree,
): Tree {
  const [segment, ...rest] = path;
  if (segment === undefined) return { ...change(tree), ...(tree.key === undefined ? {} : { key: tree.key }) };
  if (tree.kind === 'list') {
    const filter = /^\[(.+)=(.*)\]$/.exec(segment);
    const items = childrenOf(tree).map((item, index) => {
      const isMeant = filter ? isMatch(item, filter[1]!, filter[2]!) : segment === '*' || segment === String(index);
      return isMeant ? withoutKey(changeAt(item, rest, create, value, change)) : item;
    });
    return items.every((item, index) => item === tree.children![index]) ? tree : withChildren(tree, items);
  }
  if (tree.kind !== 'map') return tree;
  const keys = segment === '*' ? childrenOf(tree).map(({ key }) => key!) : [segment];
  let result = tree;
  for (const key of keys) {
    const child = childOf(result, key);
    if (!child && !create) continue;
    const old = child ?? (rest.length > 0 ? derivedMap(placeOf(value), []) : undefined);
    const changed = old ? changeAt(old, rest, create, value, change) : change(undefined);
    if (changed !== child) result = put(result, underKey(changed, key));
  }
  return result;
}

/** Segments of a field path; dots within `[…]` or behind a backslash belong to the segment. */
export function splitPath(path: string): string[] {
  return (path.match(/(?:\[[^\]]*\]|\\\.|[^.[])+?(?=\.|\[|$)|\[[^\]]*\]/g) ?? []).map((segment) =>
    // Brackets around a key keep its dots together; around a condition or an index they are part of it.
    segment.replaceAll('\\.', '.').replace(/^\[([^=]*)\]$/, '$1'),
  );
}
