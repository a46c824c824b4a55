import { createHash } from 'node:crypto';
import type { KubeObject } from './kubeObject.ts';

/** A set of objects that are deployed together, kept by a ConfigMap of this name and namespace. */
export interface ApplySet {
  readonly name: string;
  readonly namespace: string;
  /** Where the objects come from, to notice that two sources took the same name: a path from the workspace's root. */
  readonly source?: string;
}

/** An object by what tells it apart, whatever version it is written in. */
export interface ObjectIdentity {
  readonly group: string;
  readonly kind: string;
  /** Undefined for objects of the whole cluster. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** What the parent of a set says of its members: which kinds, and in which namespaces. */
export interface SetScope {
  /** `Deployment.apps`, or `ConfigMap` for the core group. */
  readonly groupKinds: readonly string[];
  readonly namespaces: readonly string[];
}

/** The label of each member; its value is the set's id. */
export const partOfLabel = 'applyset.kubernetes.io/part-of';

/** The owner of the members' label: apart from the objects' own fields, so that a later apply does not take it away. */
export const setFieldManager = 'slipway-set';

const idLabel = 'applyset.kubernetes.io/id';
const toolingAnnotation = 'applyset.kubernetes.io/tooling';
const groupKindsAnnotation = 'applyset.kubernetes.io/contains-group-kinds';
const namespacesAnnotation = 'applyset.kubernetes.io/additional-namespaces';
const sourceAnnotation = 'slipway.dev/source';
const tooling = 'slipway/v1.0.0';

/** The id of a set, as the ApplySet specification (KEP-3659) makes it of the parent's name, namespace, kind and group. */
export function applySetId({ name, namespace }: ApplySet): string {
  const hash = createHash('sha256').update(`${name}.${namespace}.ConfigMap.`).digest('base64url');
  return `applyset-${hash}-v1`;
}

/** The path of a set's parent. */
export function parentPath({ name, namespace }: ApplySet): string {
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/configmaps/${encodeURIComponent(name)}`;
}

/** The ConfigMap that keeps a set. It names kinds and namespaces, never an object or a value. */
export function parentObject(set: ApplySet, scope: SetScope): KubeObject {
  const { name, namespace, source } = set;
  const others = scope.namespaces.filter((other) => other !== namespace);
  const annotations = {
    [toolingAnnotation]: tooling,
    [groupKindsAnnotation]: listed(scope.groupKinds),
    [namespacesAnnotation]: listed(others),
    ...(source === undefined ? {} : { [sourceAnnotation]: source }),
  };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, labels: { [idLabel]: applySetId(set) }, annotations },
  };
}

/** What a live parent says of its members. */
export function scopeOf(parent: KubeObject): SetScope {
  const read = (annotation: string): string[] =>
    (parent.metadata.annotations?.[annotation] ?? '').split(',').filter((text) => text !== '');
  const own = parent.metadata.namespace;
  return {
    groupKinds: read(groupKindsAnnotation),
    namespaces: [...(own === undefined ? [] : [own]), ...read(namespacesAnnotation)],
  };
}

/** The scope that holds both. */
export function unitedScope(one: SetScope, other: SetScope): SetScope {
  return {
    groupKinds: [...new Set([...one.groupKinds, ...other.groupKinds])].sort(),
    namespaces: [...new Set([...one.namespaces, ...other.namespaces])].sort(),
  };
}

/** The scope of these objects. */
export function scopeOfMembers(members: readonly ObjectIdentity[]): SetScope {
  return {
    groupKinds: [...new Set(members.map(groupKindOf))].sort(),
    namespaces: [...new Set(members.flatMap(({ namespace }) => namespace ?? []))].sort(),
  };
}

/** Why a live ConfigMap of the set's name may not be used as its parent, in words; undefined when it may. */
export function strangerOf(set: ApplySet, parent: KubeObject): string | undefined {
  const { annotations = {}, labels = {} } = parent.metadata;
  if (labels[idLabel] === undefined) return `ConfigMap ${set.namespace}/${set.name} is none of Slipway's.`;
  const tool = annotations[toolingAnnotation] ?? 'an unnamed tool';
  if (!tool.startsWith('slipway/')) return `The set ${set.namespace}/${set.name} belongs to ${tool}.`;
  const source = annotations[sourceAnnotation];
  if (set.source !== undefined && source !== undefined && source !== set.source) {
    return `The set ${set.namespace}/${set.name} was deployed from ${source}.`;
  }
  return undefined;
}

/** `Deployment.apps`, or `ConfigMap` for the core group. */
export function groupKindOf({ group, kind }: Pick<ObjectIdentity, 'group' | 'kind'>): string {
  return group === '' ? kind : `${kind}.${group}`;
}

/** What tells an object apart; `namespaced` is what the server says of its kind. */
export function identityOf(object: KubeObject, namespaced: boolean): ObjectIdentity {
  const slash = object.apiVersion.indexOf('/');
  return {
    group: slash < 0 ? '' : object.apiVersion.slice(0, slash),
    kind: object.kind,
    namespace: namespaced ? object.metadata.namespace : undefined,
    name: object.metadata.name,
  };
}

/** True when both mean the same object. */
export function isSameObject(one: ObjectIdentity, other: ObjectIdentity): boolean {
  return (
    one.group === other.group && one.kind === other.kind && one.namespace === other.namespace && one.name === other.name
  );
}

function listed(names: readonly string[]): string {
  return [...new Set(names)].sort().join(',');
}
