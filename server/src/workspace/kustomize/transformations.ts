import type { SourceNode } from '../../text/sourceNode.ts';
import {
  allIds,
  type BuildObject,
  groupOf,
  isWithoutNamespace,
  kindOf,
  originalId,
  rememberId,
  wroteInto,
} from './buildObject.ts';
import { type BuildConfiguration, fieldSpec } from './configurations.ts';
import { changeField, type FieldSpec, isSelected } from './fieldSpecs.ts';
import { setImage } from './imageTag.ts';
import { OBJECT_LABELS } from './labelFields.ts';
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
  updateAt,
  withChildren,
} from './sourceTree.ts';

/** Puts every object that has a namespace into the one that `namespace` names. */
export function setNamespace(objects: readonly BuildObject[], root: SourceNode, fields: readonly FieldSpec[]): void {
  const node = root.find('namespace');
  const namespace = node?.text();
  if (!node || !namespace) return;
  const set = (old: Tree): Tree => (textAt(old) === namespace ? old : derivedScalar(node, namespace, old.key));
  for (const object of objects) {
    const before = object.tree;
    rememberId(object);
    if (!isWithoutNamespace(object)) {
      changeField(object, { path: 'metadata/namespace', create: true }, set, emptyAt(node));
    }
    if (/^(?:Cluster)?RoleBinding$/.test(kindOf(object))) setDefaultSubject(object, node, namespace);
    for (const field of fields) changeField(object, field, set, emptyAt(node));
    if (object.tree === before) object.previous = object.previous.slice(0, -1);
    else wroteInto(object, node.source.uri);
  }
}

/** Only accounts named `default` are taken along; references to others follow the accounts themselves. */
function setDefaultSubject(object: BuildObject, node: SourceNode, namespace: string): void {
  object.tree = updateAt(object.tree, ['subjects'], (subjects) => {
    const items = childrenOf(subjects);
    const changed = items.map((subject) =>
      textAt(subject, 'name') === 'default' && textAt(subject, 'namespace') !== namespace
        ? put(subject, derivedScalar(node, namespace, 'namespace'))
        : subject,
    );
    return changed.every((item, index) => item === items[index]) ? subjects : withChildren(subjects, changed);
  });
}

/** Adds `namePrefix` and `nameSuffix`. */
export function prefixNames(objects: readonly BuildObject[], root: SourceNode): void {
  const prefix = root.text('namePrefix') ?? '';
  const suffix = root.text('nameSuffix') ?? '';
  if (prefix === '' && suffix === '') return;
  for (const object of objects) {
    const { kind } = originalId(object);
    if (kind === 'CustomResourceDefinition' || kind === 'Namespace') continue;
    if (kind === 'APIService' && groupOf(object) === 'apiregistration.k8s.io') continue;
    rememberId(object);
    if (prefix !== '') object.prefixes = [...object.prefixes, prefix];
    if (suffix !== '') object.suffixes = [...object.suffixes, suffix];
    object.tree = updateAt(object.tree, ['metadata', 'name'], (name) => {
      const written = textAt(name);
      return written === undefined ? name : derivedScalar(placeOf(name), prefix + written + suffix, name.key);
    });
  }
}

/** Adds `labels`, `commonLabels` and `commonAnnotations`. */
export function addLabels(objects: readonly BuildObject[], root: SourceNode, configuration: BuildConfiguration): void {
  for (const entry of root.find('labels')?.items ?? []) {
    const own = [...(entry.find('fields')?.items.flatMap(fieldSpec) ?? []), ...configuration.labels];
    const fields =
      entry.boolean('includeSelectors') === true
        ? [...own, ...configuration.commonLabels]
        : [
            ...own,
            ...(entry.boolean('includeTemplates') === true ? configuration.templateLabels : []),
            ...OBJECT_LABELS,
          ];
    addPairs(objects, entry.find('pairs'), fields);
  }
  addPairs(objects, root.find('commonLabels'), configuration.commonLabels);
  addPairs(objects, root.find('commonAnnotations'), configuration.commonAnnotations);
}

function addPairs(objects: readonly BuildObject[], pairs: SourceNode | undefined, fields: readonly FieldSpec[]): void {
  if (!pairs) return;
  // Kustomize sets them in the order of their names.
  const entries = [...pairs.entries].sort((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : 1));
  for (const object of objects) {
    const isChanged = entries.map((pair) => {
      const value: Tree =
        pair.kind === 'scalar' && pair.scalar !== null
          ? { ...pair.raw, scalar: String(pair.scalar), derived: true }
          : { ...pair.raw, derived: true };
      const set = (map: Tree): Tree => {
        if (map.kind !== 'map') return map;
        const old = childOf(map, pair.key!);
        return old && old.scalar === value.scalar && value.kind === 'scalar' ? map : put(map, value);
      };
      return fields.map((field) => changeField(object, field, set, emptyAt(pairs))).includes(true);
    });
    if (isChanged.includes(true)) wroteInto(object, pairs.source.uri);
  }
}

/** Sets the numbers of `replicas`; gives the entries that no workload answers to. */
export function setReplicas(
  objects: readonly BuildObject[],
  root: SourceNode,
  fields: readonly FieldSpec[],
): SourceNode[] {
  const unused: SourceNode[] = [];
  for (const entry of root.find('replicas')?.items ?? []) {
    const name = entry.text('name');
    const count = entry.find('count');
    if (name === undefined || !count) continue;
    let isUsed = false;
    for (const object of objects) {
      if (!allIds(object).some((id) => id.name === name)) continue;
      for (const field of fields) {
        if (!isSelected(object, field)) continue;
        isUsed = true;
        const set = (old: Tree): Tree =>
          old.scalar === count.scalar ? old : { ...underKey(count.raw, old.key ?? 'replicas'), derived: true };
        if (changeField(object, field, set, emptyAt(count))) wroteInto(object, count.source.uri);
      }
    }
    if (!isUsed) unused.push(entry);
  }
  return unused;
}

/** Sets the images of `images`; gives the entries that no container uses. */
export function setImages(
  objects: readonly BuildObject[],
  root: SourceNode,
  fields: readonly FieldSpec[],
): SourceNode[] {
  return ['images', 'imageTags'].flatMap((list) =>
    (root.find(list)?.items ?? []).filter((entry) => setImage(objects, entry, fields) === 0 && isReadable(entry)),
  );
}

function isReadable(entry: SourceNode): boolean {
  return entry.known && /^[\w./:@-]+$/.test(entry.text('name') ?? '');
}

function emptyAt(node: SourceNode): (key: string) => Tree {
  return (key) => derivedMap(node, [], key);
}
