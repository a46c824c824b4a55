import type { SourceNode } from '../../text/sourceNode.ts';
import { allIds, type BuildObject, groupOf, wroteInto } from './buildObject.ts';
import { changeField, type FieldSpec } from './fieldSpecs.ts';
import { splitPath } from './replacements.ts';
import { childrenOf, derivedScalar, type Tree, textAt, treeAt, withChildren } from './sourceTree.ts';

const POD_FIELDS = ['containers', 'initContainers'].flatMap((list) =>
  ['args', 'command', 'env/value', 'volumeMounts/mountPath'].map((field) => `${list}/${field}`),
);

/** Where `$(NAME)` is replaced. */
export const VARIABLE_FIELDS: readonly FieldSpec[] = [
  ...[...POD_FIELDS, 'volumes/nfs/server'].map((path) => ({ path: `spec/${path}`, kind: 'Pod' })),
  ...['DaemonSet', 'Deployment', 'Job', 'ReplicaSet', 'StatefulSet'].flatMap((kind) =>
    [...POD_FIELDS, 'volumes/nfs/server'].map((path) => ({ path: `spec/template/spec/${path}`, kind })),
  ),
  ...POD_FIELDS.map((path) => ({ path: `spec/jobTemplate/spec/template/spec/${path}`, kind: 'CronJob' })),
  { path: 'spec/template/metadata/annotations', kind: 'Deployment' },
  ...['rules/host', 'tls/hosts', 'tls/secretName'].map((path) => ({ path: `spec/${path}`, kind: 'Ingress' })),
  ...['ports/port', 'ports/targetPort'].map((path) => ({ path: `spec/${path}`, kind: 'Service' })),
  { path: 'spec/nfs/server', kind: 'PersistentVolume' },
  { path: 'metadata/labels' },
  { path: 'metadata/annotations' },
];

/** Replaces `$(NAME)` by the values of the fields that the entries of `vars` name. */
export function replaceVariables(
  objects: readonly BuildObject[],
  variables: readonly SourceNode[],
  fields: readonly FieldSpec[],
): void {
  const values = new Map<string, string | number | boolean>();
  for (const variable of variables) {
    const name = variable.text('name');
    const reference = variable.find('objref');
    if (name === undefined || !reference) continue;
    const apiVersion = reference.text('apiVersion') ?? 'v1';
    const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
    const found = objects.filter(
      (object) =>
        groupOf(object) === group &&
        allIds(object).some((id) => id.kind === reference.text('kind') && id.name === reference.text('name')),
    );
    const path = splitPath(
      variable.text('fieldref', 'fieldpath') ?? variable.text('fieldref', 'fieldPath') ?? 'metadata.name',
    );
    const scalar =
      found[0] &&
      treeAt(found[0].tree, ...path.map((segment) => (/^\d+$/.test(segment) ? Number(segment) : segment)))?.scalar;
    if (found.length === 1 && scalar !== undefined && scalar !== null) values.set(name, scalar);
  }
  if (values.size === 0) return;
  for (const object of objects) {
    for (const field of fields) {
      if (changeField(object, field, (value) => expanded(value, values)))
        for (const { source } of variables) wroteInto(object, source.uri);
    }
  }
}

function expanded(tree: Tree, values: ReadonlyMap<string, string | number | boolean>): Tree {
  if (tree.kind === 'list' || tree.kind === 'map') {
    const children = childrenOf(tree);
    const changed = children.map((child) => expanded(child, values));
    return changed.every((child, index) => child === children[index]) ? tree : withChildren(tree, changed);
  }
  const text = textAt(tree);
  if (text === undefined || typeof tree.scalar !== 'string' || !text.includes('$(')) return tree;
  const whole = /^\$\(([^()]+)\)$/.exec(text)?.[1];
  const value =
    (whole === undefined ? undefined : values.get(whole)) ??
    text.replace(/\$\(([^()]+)\)/g, (match, name: string) => String(values.get(name) ?? match));
  if (value === text) return tree;
  const { start, end, origin } = tree;
  const place = { source: origin.source, span: { start: origin.base + start, end: origin.base + end } };
  return derivedScalar(place, value, tree.key);
}
