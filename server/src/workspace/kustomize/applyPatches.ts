import type { SourceNode } from '../../text/sourceNode.ts';
import type { BuildContext } from './buildKustomization.ts';
import { type BuildObject, rememberId, wroteInto } from './buildObject.ts';
import { applyJsonPatch, type FailedOperation } from './jsonPatch.ts';
import type { PathUse } from './kustomizationFile.ts';
import { mergePatch } from './mergePatch.ts';
import { readPatchText } from './patchText.ts';
import { objectsNamedBy, selectObjects } from './selectObjects.ts';
import { childOf, childrenOf, put, type Tree, treeOf, withChildren, without } from './sourceTree.ts';

/** One patch of a kustomization, and what it was applied to. */
export interface PatchUse {
  /** The entry of the kustomization. */
  readonly entry: SourceNode;
  /** The document that patches. */
  readonly patch: SourceNode;
  readonly target: SourceNode | undefined;
  /** A list of operations (JSON 6902) rather than a part of an object. */
  readonly isJson: boolean;
  /** What it was applied to; undefined where nobody can tell. */
  readonly objects: readonly BuildObject[] | undefined;
  /** The first operation that cannot be done, and on which object. */
  readonly failed?: FailedOperation & { readonly object: BuildObject };
}

/**
 * Applies the patches of a kustomization: `patchesStrategicMerge` and `patches` before its other transformations,
 * `patchesJson6902` after them.
 */
export function applyPatches(
  objects: BuildObject[],
  root: SourceNode,
  paths: readonly PathUse[],
  context: BuildContext,
  when: 'before' | 'after',
): PatchUse[] {
  const uses: PatchUse[] = [];
  for (const field of when === 'before' ? ['patchesStrategicMerge', 'patches'] : ['patchesJson6902']) {
    for (const entry of root.find(field)?.items ?? []) {
      const documents = documentsOf(entry, paths, context);
      const target = entry.kind === 'map' ? entry.find('target') : undefined;
      if (!documents) {
        // Whatever it writes, it may write into any object that it can mean.
        const meant = (target && selectObjects(objects, target)) ?? objects;
        for (const object of meant) object.tree = opened(object.tree);
        continue;
      }
      for (const patch of documents) uses.push(applyOne(objects, entry, patch, target));
    }
  }
  return uses;
}

function documentsOf(
  entry: SourceNode,
  paths: readonly PathUse[],
  { files }: BuildContext,
): readonly SourceNode[] | undefined {
  const text = entry.kind === 'map' ? entry.find('patch') : entry;
  const path = entry.kind === 'map' ? entry.find('path') : entry;
  const use = paths.find(({ at }) => at === path);
  if (use) {
    if (use.target.status === 'file') return files.get(use.target.uri)!.parsed.roots;
    // Kustomize stops at a file that is not there; the finding says so, and nothing else follows from it.
    return use.target.status === 'missing' ? [] : undefined;
  }
  if (!text || text.kind === 'unknown') return undefined;
  return readPatchText(text);
}

function applyOne(
  objects: BuildObject[],
  entry: SourceNode,
  patch: SourceNode,
  target: SourceNode | undefined,
): PatchUse {
  if (patch.kind === 'list') {
    const selected = target && selectObjects(objects, target);
    let failed: PatchUse['failed'];
    for (const object of selected ?? []) {
      rememberId(object);
      const { tree, failed: operation } = applyJsonPatch(object.tree, patch);
      object.tree = tree;
      touched(object, patch);
      if (operation && !failed) failed = { ...operation, object };
    }
    return { entry, patch, target, isJson: true, objects: selected, ...(failed ? { failed } : {}) };
  }
  const selected = target ? selectObjects(objects, target) : objectsNamedBy(objects, patch);
  // Without a target, a patch that several objects answer to is rejected.
  const applied = target || selected?.length === 1 ? (selected ?? []) : [];
  const options = entry.kind === 'map' ? entry.find('options') : undefined;
  const allows = (key: string) => options?.boolean(key) === true;
  for (const object of applied) {
    merge(objects, object, entry, patch, allows('allowNameChange'), allows('allowKindChange'));
  }
  return { entry, patch, target, isJson: false, objects: selected };
}

function merge(
  objects: BuildObject[],
  object: BuildObject,
  entry: SourceNode,
  patch: SourceNode,
  mayRename: boolean,
  mayChangeKind: boolean,
): void {
  if (mayRename || mayChangeKind) rememberId(object);
  const old = object.tree;
  const merged = mergePatch(old, treeOf(patch), entry.root.find('openapi') !== undefined);
  if (!merged) {
    objects.splice(objects.indexOf(object), 1);
    return;
  }
  object.tree = mayChangeKind ? merged : keep(keep(merged, old, 'kind'), old, 'apiVersion');
  const oldMetadata = childOf(old, 'metadata');
  const metadata = childOf(object.tree, 'metadata');
  if (metadata && oldMetadata) {
    let kept = keep(metadata, oldMetadata, 'namespace');
    if (!mayRename) kept = keep(kept, oldMetadata, 'name');
    if (kept !== metadata) object.tree = put(object.tree, kept);
  }
  touched(object, patch);
}

function keep(merged: Tree, old: Tree, key: string): Tree {
  const value = childOf(old, key);
  if (!value) return childOf(merged, key) ? without(merged, key) : merged;
  return childOf(merged, key)?.scalar === value.scalar ? merged : put(merged, value);
}

function touched(object: BuildObject, patch: SourceNode): void {
  object.patched = true;
  wroteInto(object, patch.source.uri);
}

/** The same, where anything may stand beside what is known. */
function opened(tree: Tree): Tree {
  if (tree.kind !== 'map' && tree.kind !== 'list') return tree;
  return { ...withChildren(tree, childrenOf(tree).map(opened)), open: true };
}
