import type { Place, SourceNode } from '../../text/sourceNode.ts';
import { SourceNode as Node } from '../../text/sourceNode.ts';
import type { Resource } from '../resource.ts';
import { type BuildObject, buildObject, currentId, kindOf, originalId, wroteInto } from './buildObject.ts';
import {
  childOf,
  childrenOf,
  derivedMap,
  derivedScalar,
  put,
  type Tree,
  treeOf,
  underKey,
  unknownValue,
} from './sourceTree.ts';

/** What a generator reads of a file: the keys of an env file, or undefined where the file is not known. */
export type EnvKeys = (path: string) => readonly { readonly key: string; readonly value: string }[] | undefined;

/**
 * Makes the ConfigMap or Secret of a generator entry, or merges it into the one that a base generated. Names and keys are
 * known; the values of files are not read, and those of Secrets are never shown.
 *
 * @returns false where Kustomize refuses: nothing is there to merge into, or the object is there already.
 */
export function generate(
  objects: BuildObject[],
  kustomization: Resource,
  entry: SourceNode,
  kind: 'ConfigMap' | 'Secret',
  envKeys: EnvKeys,
): boolean {
  const name = entry.find('name');
  if (!name || name.text() === undefined) return true;
  const behaviour = entry.text('behavior') ?? 'create';
  const made = generated(kustomization, entry, name, kind, envKeys);
  const existing = objects.find(
    (object) =>
      kindOf(object) === kind &&
      (originalId(object).name === name.text() || currentId(object).name === name.text()) &&
      (originalId(object).namespace === (entry.text('namespace') ?? 'default') || !entry.find('namespace')),
  );
  if (behaviour === 'create' || !existing) {
    if (!existing) objects.push(made);
    return (behaviour === 'create') === !existing;
  }
  wroteInto(existing, entry.source.uri);
  if (behaviour === 'replace') {
    existing.tree = { ...made.tree, children: kept(made.tree, existing.tree) };
    return true;
  }
  for (const part of ['data', 'binaryData']) {
    const added = childOf(made.tree, part);
    if (!added) continue;
    const old = childOf(existing.tree, part);
    const merged = old ? childrenOf(added).reduce(put, added.open ? { ...old, open: true } : old) : added;
    existing.tree = put(existing.tree, merged);
  }
  const metadata = childOf(existing.tree, 'metadata');
  if (!metadata) return true;
  for (const part of ['labels', 'annotations']) {
    const added = childOf(childOf(made.tree, 'metadata'), part);
    if (!added) continue;
    const old = childOf(childOf(existing.tree, 'metadata'), part);
    existing.tree = put(
      existing.tree,
      put(childOf(existing.tree, 'metadata')!, old ? childrenOf(added).reduce(put, old) : added),
    );
  }
  return true;
}

/** A replaced object keeps its name; the rest is what the new generator makes. */
function kept(made: Tree, old: Tree): readonly Tree[] {
  return childrenOf(made).map((child) => {
    const oldMetadata = child.key === 'metadata' ? childOf(old, 'metadata') : undefined;
    const name = childOf(oldMetadata, 'name');
    const namespace = childOf(oldMetadata, 'namespace');
    if (!name) return child;
    return namespace ? put(put(child, name), namespace) : put(child, name);
  });
}

function generated(
  kustomization: Resource,
  entry: SourceNode,
  name: SourceNode,
  kind: 'ConfigMap' | 'Secret',
  envKeys: EnvKeys,
): BuildObject {
  const global = kustomization.root.find('generatorOptions');
  const options = entry.find('options');
  const option = (key: string): SourceNode | undefined => options?.find(key) ?? global?.find(key);
  const metadata: Tree[] = [underKey(treeOf(name), 'name')];
  const namespace = entry.find('namespace');
  if (namespace) metadata.push(underKey(treeOf(namespace), 'namespace'));
  for (const part of ['labels', 'annotations']) {
    const pairs = [global?.find(part), options?.find(part)].flatMap((map) => map?.entries.map(treeOf) ?? []);
    if (pairs.length > 0) metadata.push(pairs.reduce(put, derivedMap(option(part)!, [], part)));
  }
  const place: Place = name;
  const data = dataOf(entry, kind, envKeys);
  const children: Tree[] = [
    derivedScalar(place, 'v1', 'apiVersion'),
    derivedScalar(place, kind, 'kind'),
    derivedMap(place, metadata, 'metadata'),
    ...(data ? [data] : []),
    ...(kind === 'Secret' ? [derivedScalar(entry.find('type') ?? place, entry.text('type') ?? 'Opaque', 'type')] : []),
    ...(option('immutable')?.boolean() === true ? [derivedScalar(option('immutable')!, true, 'immutable')] : []),
  ];
  const tree = derivedMap(entry, children);
  const written: Resource = {
    type: kind,
    kind,
    apiVersion: 'v1',
    name: name.text(),
    namespace: namespace?.text(),
    root: new Node(entry.source, tree),
    uri: kustomization.uri,
  };
  return { ...buildObject(written, option('disableNameSuffixHash')?.boolean() !== true), tree };
}

function dataOf(entry: SourceNode, kind: string, envKeys: EnvKeys): Tree | undefined {
  const pairs: Tree[] = [];
  let isOpen = false;
  const isSecret = kind === 'Secret';
  for (const env of [...(entry.find('envs')?.items ?? []), ...(entry.find('env') ? [entry.find('env')!] : [])]) {
    const keys = envKeys(env.text() ?? '');
    if (!keys) isOpen = true;
    for (const { key, value } of keys ?? []) {
      pairs.push(isSecret ? unknownValue(env, key) : derivedScalar(env, value, key));
    }
  }
  for (const literal of entry.find('literals')?.items ?? []) {
    const text = literal.text() ?? '';
    const equals = text.indexOf('=');
    if (equals < 1) continue;
    const value = text.slice(equals + 1).replace(/^(["'])(.*)\1$/s, '$2');
    const key = text.slice(0, equals);
    pairs.push(isSecret ? unknownValue(literal, key) : derivedScalar(literal, value, key));
  }
  for (const file of entry.find('files')?.items ?? []) {
    const key = fileKey(file.text() ?? '');
    if (key === undefined) isOpen = true;
    else pairs.push(unknownValue(file, key));
  }
  if (['envs', 'env', 'literals', 'files'].some((field) => entry.find(field)?.open)) isOpen = true;
  if (pairs.length === 0 && !isOpen) return undefined;
  const data = pairs.reduce(put, derivedMap(entry, [], 'data'));
  return isOpen ? { ...data, open: true } : data;
}

/** `key=path` or a path, whose last segment is the key. */
function fileKey(source: string): string | undefined {
  const equals = source.indexOf('=');
  const key = equals > 0 ? source.slice(0, equals) : source.slice(source.lastIndexOf('/') + 1);
  return key === '' ? undefined : key;
}
