import type { KubeObject } from './kubeObject.ts';

/** One kind that the API server offers. */
export interface ResourceType {
  /** The API group, empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The plural name in paths, such as `deployments`. */
  readonly plural: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** The resource type of an object among those that the server offers, by group, version and kind. */
export function resourceTypeOf(
  object: Pick<KubeObject, 'apiVersion' | 'kind'>,
  types: readonly ResourceType[],
): ResourceType | undefined {
  return types.find((type) => apiVersionOf(type) === object.apiVersion && type.kind === object.kind);
}

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf(type: Pick<ResourceType, 'group' | 'version'>): string {
  return type.group ? `${type.group}/${type.version}` : type.version;
}

/** The path of a collection: of one namespace when it is given and the kind is namespaced, of the whole cluster else. */
export function collectionPath(type: ResourceType, namespace?: string): string {
  const root = type.group ? `/apis/${type.group}/${type.version}` : `/api/${type.version}`;
  const scope = type.namespaced && namespace ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${root}${scope}/${type.plural}`;
}

/** The path of one object. */
export function objectPath(type: ResourceType, namespace: string | undefined, name: string): string {
  return `${collectionPath(type, namespace)}/${encodeURIComponent(name)}`;
}

/** The types that rollouts need, spelled out so that watching asks for no discovery. */
export const wellKnownTypes = {
  pods: { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true, verbs: [] },
  events: { group: '', version: 'v1', kind: 'Event', plural: 'events', namespaced: true, verbs: [] },
  deployments: { group: 'apps', version: 'v1', kind: 'Deployment', plural: 'deployments', namespaced: true, verbs: [] },
  replicaSets: { group: 'apps', version: 'v1', kind: 'ReplicaSet', plural: 'replicasets', namespaced: true, verbs: [] },
  statefulSets: {
    group: 'apps',
    version: 'v1',
    kind: 'StatefulSet',
    plural: 'statefulsets',
    namespaced: true,
    verbs: [],
  },
  daemonSets: { group: 'apps', version: 'v1', kind: 'DaemonSet', plural: 'daemonsets', namespaced: true, verbs: [] },
  controllerRevisions: {
    group: 'apps',
    version: 'v1',
    kind: 'ControllerRevision',
    plural: 'controllerrevisions',
    namespaced: true,
    verbs: [],
  },
  jobs: { group: 'batch', version: 'v1', kind: 'Job', plural: 'jobs', namespaced: true, verbs: [] },
  rollouts: {
    group: 'argoproj.io',
    version: 'v1alpha1',
    kind: 'Rollout',
    plural: 'rollouts',
    namespaced: true,
    verbs: [],
  },
} as const satisfies Record<string, ResourceType>;
