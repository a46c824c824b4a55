import type { ResourceType } from '../resourceType.ts';

/** Kinds that are shown together under one heading. */
export interface Category {
  readonly id: string;
  readonly title: string;
  readonly icon: string;
  /** `deployments.apps` and so on: plural and group, as kubectl writes them. */
  readonly kinds: readonly string[];
  /** Its objects are shown at once, without a heading for each kind. */
  readonly isFlat?: boolean;
  /** Only the objects that match, such as the Secrets in which Helm keeps its releases. */
  readonly fieldSelector?: string;
}

/** The headings in a namespace. What none of them names is found under `other`. */
export const NAMESPACE_CATEGORIES: readonly Category[] = [
  {
    id: 'workloads',
    title: 'Workloads',
    icon: 'server-process',
    kinds: [
      'deployments.apps',
      'statefulsets.apps',
      'daemonsets.apps',
      'replicasets.apps',
      'rollouts.argoproj.io',
      'jobs.batch',
      'cronjobs.batch',
      'pods',
    ],
    isFlat: true,
  },
  { id: 'services', title: 'Services', icon: 'symbol-interface', kinds: ['services'], isFlat: true },
  {
    id: 'routes',
    title: 'Routes',
    icon: 'git-branch',
    kinds: [
      'ingresses.networking.k8s.io',
      'httproutes.gateway.networking.k8s.io',
      'grpcroutes.gateway.networking.k8s.io',
      'tlsroutes.gateway.networking.k8s.io',
      'tcproutes.gateway.networking.k8s.io',
      'gateways.gateway.networking.k8s.io',
      'routes.route.openshift.io',
      'networkpolicies.networking.k8s.io',
    ],
  },
  {
    id: 'istio',
    title: 'Istio',
    icon: 'type-hierarchy',
    kinds: [
      'virtualservices.networking.istio.io',
      'destinationrules.networking.istio.io',
      'gateways.networking.istio.io',
      'serviceentries.networking.istio.io',
      'sidecars.networking.istio.io',
      'workloadentries.networking.istio.io',
      'workloadgroups.networking.istio.io',
      'envoyfilters.networking.istio.io',
      'peerauthentications.security.istio.io',
      'requestauthentications.security.istio.io',
      'authorizationpolicies.security.istio.io',
      'telemetries.telemetry.istio.io',
    ],
  },
  {
    id: 'configuration',
    title: 'Configuration',
    icon: 'settings-gear',
    kinds: [
      'configmaps',
      'secrets',
      'horizontalpodautoscalers.autoscaling',
      'poddisruptionbudgets.policy',
      'resourcequotas',
      'limitranges',
      'serviceaccounts',
      'roles.rbac.authorization.k8s.io',
      'rolebindings.rbac.authorization.k8s.io',
    ],
  },
  { id: 'storage', title: 'Storage', icon: 'database', kinds: ['persistentvolumeclaims'], isFlat: true },
  {
    id: 'helm',
    title: 'Helm Releases',
    icon: 'package',
    kinds: ['secrets'],
    isFlat: true,
    fieldSelector: 'type=helm.sh/release.v1',
  },
  {
    id: 'applications',
    title: 'Argo CD Applications',
    icon: 'repo-sync',
    kinds: ['applications.argoproj.io'],
    isFlat: true,
  },
  { id: 'events', title: 'Events', icon: 'history', kinds: ['events'], isFlat: true },
];

/** The headings of what belongs to no namespace. */
export const CLUSTER_CATEGORIES: readonly Category[] = [
  { id: 'nodes', title: 'Nodes', icon: 'vm', kinds: ['nodes'], isFlat: true },
  {
    id: 'volumes',
    title: 'Storage',
    icon: 'database',
    kinds: ['persistentvolumes', 'storageclasses.storage.k8s.io'],
  },
  {
    id: 'definitions',
    title: 'Custom Resource Definitions',
    icon: 'symbol-structure',
    kinds: ['customresourcedefinitions.apiextensions.k8s.io'],
    isFlat: true,
  },
];

const OTHER: Omit<Category, 'kinds'> = { id: 'other', title: 'Other Kinds', icon: 'symbol-misc' };

/** A heading with the kinds under it that the server has. */
export interface ServedCategory extends Omit<Category, 'kinds'> {
  readonly types: readonly ResourceType[];
}

/**
 * The headings for what a server offers, of namespaces or of the cluster. A heading whose kinds are all unknown to the
 * server is left out; a kind in several versions is shown in the one that the server prefers.
 */
export function servedCategories(types: readonly ResourceType[], namespaced: boolean): ServedCategory[] {
  const offered = preferred(types.filter((type) => type.namespaced === namespaced && canBeWatched(type)));
  const named = namespaced ? NAMESPACE_CATEGORIES : CLUSTER_CATEGORIES;
  const taken = new Set(named.flatMap(({ kinds }) => kinds));
  // Events of the newer group are the same objects; namespaces have a place of their own.
  for (const twin of ['events.events.k8s.io', 'namespaces']) taken.add(twin);
  const others = [...offered.values()].filter((type) => !taken.has(typeName(type)));
  return [
    ...named.map(({ kinds, ...category }) => ({
      ...category,
      types: kinds.flatMap((kind) => offered.get(kind) ?? []),
    })),
    { ...OTHER, types: others.sort((a, b) => (a.kind < b.kind ? -1 : 1)) },
  ].filter((category) => category.types.length > 0);
}

/** `deployments.apps`, or `pods` in the core group. */
export function typeName({ group, plural }: Pick<ResourceType, 'group' | 'plural'>): string {
  return group === '' ? plural : `${plural}.${group}`;
}

/** The type of that name among those of a server, in the version that it prefers. */
export function findType(types: readonly ResourceType[], name: string): ResourceType | undefined {
  return types.find((type) => typeName(type) === name);
}

function canBeWatched({ plural, verbs }: ResourceType): boolean {
  return !plural.includes('/') && (verbs.length === 0 || (verbs.includes('list') && verbs.includes('watch')));
}

function preferred(types: readonly ResourceType[]): Map<string, ResourceType> {
  const first = new Map<string, ResourceType>();
  for (const type of types) if (!first.has(typeName(type))) first.set(typeName(type), type);
  return first;
}

const builtIn = (kind: string, plural: string, group = '', version = 'v1', namespaced = true): ResourceType => ({
  group,
  version,
  kind,
  plural,
  namespaced,
  verbs: [],
});

/** What every API server has, for those who may not ask it for its kinds. */
export const BUILT_IN_TYPES: readonly ResourceType[] = [
  builtIn('Pod', 'pods'),
  builtIn('Service', 'services'),
  builtIn('ConfigMap', 'configmaps'),
  builtIn('Secret', 'secrets'),
  builtIn('PersistentVolumeClaim', 'persistentvolumeclaims'),
  builtIn('ServiceAccount', 'serviceaccounts'),
  builtIn('ResourceQuota', 'resourcequotas'),
  builtIn('LimitRange', 'limitranges'),
  builtIn('Event', 'events'),
  builtIn('Namespace', 'namespaces', '', 'v1', false),
  builtIn('Node', 'nodes', '', 'v1', false),
  builtIn('PersistentVolume', 'persistentvolumes', '', 'v1', false),
  builtIn('Deployment', 'deployments', 'apps'),
  builtIn('StatefulSet', 'statefulsets', 'apps'),
  builtIn('DaemonSet', 'daemonsets', 'apps'),
  builtIn('ReplicaSet', 'replicasets', 'apps'),
  builtIn('Job', 'jobs', 'batch'),
  builtIn('CronJob', 'cronjobs', 'batch'),
  builtIn('Ingress', 'ingresses', 'networking.k8s.io'),
  builtIn('NetworkPolicy', 'networkpolicies', 'networking.k8s.io'),
  builtIn('HorizontalPodAutoscaler', 'horizontalpodautoscalers', 'autoscaling', 'v2'),
  builtIn('PodDisruptionBudget', 'poddisruptionbudgets', 'policy'),
  builtIn('StorageClass', 'storageclasses', 'storage.k8s.io', 'v1', false),
];
