import type { KubeObject } from './kubeObject.ts';

/**
 * Kinds in the order in which they are applied: what others need comes first. A kind that is not named stands where
 * custom resources stand, after the workloads' prerequisites and before the routes.
 */
const stages: readonly (readonly string[])[] = [
  ['CustomResourceDefinition'],
  ['Namespace'],
  ['PriorityClass', 'StorageClass', 'IngressClass', 'GatewayClass', 'RuntimeClass'],
  ['ResourceQuota', 'LimitRange', 'NetworkPolicy'],
  ['ServiceAccount'],
  ['ClusterRole', 'Role'],
  ['ClusterRoleBinding', 'RoleBinding'],
  ['ConfigMap', 'Secret', 'SealedSecret', 'ExternalSecret', 'SecretStore', 'ClusterSecretStore'],
  ['PersistentVolume'],
  ['PersistentVolumeClaim'],
  ['Service'],
  ['PodDisruptionBudget'],
  ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Pod', 'Rollout', 'Job', 'CronJob'],
  ['HorizontalPodAutoscaler', 'VerticalPodAutoscaler', 'ScaledObject'],
];

const lastStages: readonly (readonly string[])[] = [
  ['Gateway'],
  ['DestinationRule', 'ServiceEntry', 'PeerAuthentication', 'RequestAuthentication', 'AuthorizationPolicy'],
  ['VirtualService', 'HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'Ingress', 'Route'],
  ['ServiceMonitor', 'PodMonitor', 'PrometheusRule'],
  ['APIService'],
  ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration', 'ValidatingAdmissionPolicy'],
];

const rankOfKind = new Map<string, number>([
  ...stages.flatMap((kinds, index) => kinds.map((kind) => [kind, index] as const)),
  ...lastStages.flatMap((kinds, index) => kinds.map((kind) => [kind, stages.length + 1 + index] as const)),
]);

/**
 * Sorts what is applied so that nothing waits for something that comes later: definitions, namespaces, configuration,
 * workloads, routes, and webhooks last, so that they cannot refuse what comes with them. Objects of one stage keep the
 * order in which they were written.
 */
export function inApplyOrder<T>(items: readonly T[], objectOf: (item: T) => Pick<KubeObject, 'kind'>): T[] {
  const rank = (item: T): number => rankOfKind.get(objectOf(item).kind) ?? stages.length;
  return items
    .map((item, index) => ({ item, index, rank: rank(item) }))
    .sort((left, right) => left.rank - right.rank || left.index - right.index)
    .map(({ item }) => item);
}
