import { formatFault } from './formats.ts';
import type { SchemaOrigin } from './schemaIndex.ts';

/** Built-in kinds whose names are labels of DNS, because addresses are made of them. */
const LABELS: ReadonlySet<string> = new Set(['Namespace', 'Service']);

/** Built-in kinds whose names must only be parts of a path: names with colons are common in RBAC. */
const PATH_SEGMENTS: ReadonlySet<string> = new Set(['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding']);

/** Built-in kinds whose names are subdomains. Kinds that are named by other rules are in none of the sets. */
const SUBDOMAINS: ReadonlySet<string> = new Set([
  'ConfigMap',
  'CronJob',
  'CustomResourceDefinition',
  'DaemonSet',
  'Deployment',
  'EndpointSlice',
  'Endpoints',
  'HorizontalPodAutoscaler',
  'Ingress',
  'IngressClass',
  'Job',
  'LimitRange',
  'MutatingWebhookConfiguration',
  'NetworkPolicy',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Pod',
  'PodDisruptionBudget',
  'PriorityClass',
  'ReplicaSet',
  'ReplicationController',
  'ResourceQuota',
  'RuntimeClass',
  'Secret',
  'ServiceAccount',
  'StatefulSet',
  'StorageClass',
  'ValidatingWebhookConfiguration',
]);

/**
 * What is wrong with the name of a resource, as the end of a sentence; undefined when nothing is. Custom resources are
 * named like subdomains; of built-in kinds only those are judged whose rule is certain.
 */
export function resourceNameFault(kind: string, origin: SchemaOrigin, name: string): string | undefined {
  if (LABELS.has(kind)) return formatFault('dns-label', name);
  if (PATH_SEGMENTS.has(kind)) return formatFault('path-segment', name);
  if (kind === 'CronJob' && name.length > 52) return 'is longer than 52 characters';
  if (SUBDOMAINS.has(kind) || (origin !== 'kubernetes' && origin !== 'cluster')) {
    return formatFault('dns-subdomain', name);
  }
  return undefined;
}
