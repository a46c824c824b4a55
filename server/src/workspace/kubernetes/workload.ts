import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource, ResourceType } from '../resource.ts';

/** Kinds that run pods, in the order in which a reader would call them the workload. */
export const WORKLOAD_TYPES: readonly ResourceType[] = [
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'argoproj.io/Rollout',
  'batch/CronJob',
  'batch/Job',
  'apps/ReplicaSet',
  'ReplicationController',
  'Pod',
];

/**
 * Kinds that hold a pod as others run it: what the pod may do and takes is right or wrong there too, but no Service,
 * rollout or selector speaks of them.
 */
export const POD_OWNER_TYPES: readonly ResourceType[] = [
  ...WORKLOAD_TYPES,
  'serving.knative.dev/Service',
  'PodTemplate',
];

/** Kinds whose pods answer requests for ever: those that Services and rollouts are about. */
export const SERVING_TYPES: readonly ResourceType[] = [
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'argoproj.io/Rollout',
  'apps/ReplicaSet',
  'ReplicationController',
  'Pod',
];

/** A resource that runs pods, read as such. Every part may be missing in a file that is being written. */
export interface Workload {
  readonly resource: Resource;
  /** The node that holds the pods' `metadata` and `spec`. */
  readonly template: SourceNode | undefined;
  readonly podLabels: SourceNode | undefined;
  readonly podSpec: SourceNode | undefined;
  readonly containers: readonly SourceNode[];
  readonly initContainers: readonly SourceNode[];
}

const TEMPLATE_PATHS: Readonly<Record<ResourceType, readonly string[]>> = {
  Pod: [],
  PodTemplate: ['template'],
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
};

const cache = new WeakMap<Resource, Workload>();

/** Reads a resource as a workload; undefined for kinds that hold no pods. */
export function workloadOf(resource: Resource): Workload | undefined {
  if (!POD_OWNER_TYPES.includes(resource.type)) return undefined;
  const known = cache.get(resource);
  if (known) return known;
  const template = resource.root.find(...(TEMPLATE_PATHS[resource.type] ?? ['spec', 'template']));
  const podSpec = template?.find('spec');
  const workload: Workload = {
    resource,
    template,
    podLabels: template?.find('metadata', 'labels'),
    podSpec,
    containers: podSpec?.find('containers')?.items ?? [],
    initContainers: podSpec?.find('initContainers')?.items ?? [],
  };
  cache.set(resource, workload);
  return workload;
}

/** Containers that run beside the main ones for the pod's whole life: init containers with `restartPolicy: Always`. */
export function sidecars(workload: Workload): readonly SourceNode[] {
  return workload.initContainers.filter((container) => container.text('restartPolicy') === 'Always');
}

/** Replicas as written; 1 where certainly nothing is written, as the API server defaults it; undefined where unknown. */
export function replicasOf(workload: Workload): number | undefined {
  const { resource } = workload;
  if (resource.type === 'Pod') return 1;
  if (resource.type === 'apps/DaemonSet' || resource.type.startsWith('batch/')) return undefined;
  const written = resource.root.number('spec', 'replicas');
  if (written !== undefined) return written;
  return resource.root.lacks('spec', 'replicas') ? 1 : undefined;
}
