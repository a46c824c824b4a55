import { Failure } from './failure.ts';
import { objectPath, type ResourceType, wellKnownTypes } from './resourceType.ts';

/** A workload, or an Argo CD application, by name; the namespace is always said. */
export interface WorkloadReference {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

const applications: ResourceType = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  kind: 'Application',
  plural: 'applications',
  namespaced: true,
  verbs: [],
};

const typeOfKind: Readonly<Record<string, ResourceType>> = {
  Deployment: wellKnownTypes.deployments,
  StatefulSet: wellKnownTypes.statefulSets,
  DaemonSet: wellKnownTypes.daemonSets,
  Job: wellKnownTypes.jobs,
  Rollout: wellKnownTypes.rollouts,
  Application: applications,
};

/** The kinds that can be watched. */
export const watchedKinds: readonly string[] = Object.keys(typeOfKind);

/** The resource type of a workload's kind. Throws `unsupported` for a kind that has no rollout. */
export function workloadType(kind: string): ResourceType {
  const type = typeOfKind[kind];
  if (type) return type;
  throw new Failure('unsupported', `${kind} has no rollout to watch.`, {
    advice: `Name a ${Object.keys(typeOfKind).join(', ')}.`,
  });
}

/** The path of the workload itself. */
export function workloadPath(reference: WorkloadReference): string {
  return objectPath(workloadType(reference.kind), reference.namespace, reference.name);
}
