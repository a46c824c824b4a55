import type { KubeObject } from './kubeObject.ts';
import type { PodTemplate, Workload } from './workload.ts';

/** A former or present state of a workload's pods. */
export interface Revision {
  readonly number: number;
  /** The ReplicaSet or ControllerRevision that keeps it. */
  readonly keeper: KubeObject;
  /** What the pods of this revision carry in the label that `podRevisionLabel` names. */
  readonly hash: string;
  readonly template: PodTemplate | undefined;
  readonly changeCause: string | undefined;
}

/** The label by which pods say which revision they are of, for each kind. */
export const podRevisionLabel: Readonly<Record<string, string>> = {
  Deployment: 'pod-template-hash',
  StatefulSet: 'controller-revision-hash',
  DaemonSet: 'controller-revision-hash',
  Rollout: 'rollouts-pod-template-hash',
};

/** The revisions that the cluster keeps of a workload, the oldest first. A Job has none. */
export function revisionsOf(workload: Workload, keepers: readonly KubeObject[]): Revision[] {
  const owned = keepers.filter((keeper) =>
    keeper.metadata.ownerReferences?.some(({ uid, controller }) => controller && uid === workload.metadata.uid),
  );
  const label = podRevisionLabel[workload.kind] ?? '';
  return owned
    .flatMap((keeper): Revision[] => {
      const isReplicaSet = keeper.kind === 'ReplicaSet';
      const annotation =
        workload.kind === 'Rollout' ? 'rollout.argoproj.io/revision' : 'deployment.kubernetes.io/revision';
      const number = isReplicaSet ? Number(keeper.metadata.annotations?.[annotation]) : Number(keeper['revision']);
      if (!Number.isFinite(number)) return [];
      const held = (isReplicaSet ? keeper['spec'] : specOf(keeper['data'])) as { template?: PodTemplate } | undefined;
      return [
        {
          number,
          keeper,
          hash: keeper.metadata.labels?.[label] ?? keeper.metadata.name,
          template: held?.template,
          changeCause: keeper.metadata.annotations?.['kubernetes.io/change-cause'],
        },
      ];
    })
    .sort((left, right) => left.number - right.number);
}

/**
 * The revision that the controller is rolling out or has rolled out, or undefined while it has not yet looked at the
 * newest change.
 */
export function currentRevision(workload: Workload, revisions: readonly Revision[]): Revision | undefined {
  if (workload.kind === 'Deployment') {
    const number = Number(workload.metadata.annotations?.['deployment.kubernetes.io/revision']);
    return revisions.find((revision) => revision.number === number);
  }
  if (workload.kind === 'StatefulSet') {
    return revisions.find(({ keeper }) => keeper.metadata.name === workload.status?.updateRevision);
  }
  if (workload.kind === 'Rollout') return revisions.find(({ hash }) => hash === workload.status?.currentPodHash);
  return revisions.at(-1);
}

function specOf(data: unknown): unknown {
  return (data as { spec?: unknown } | undefined)?.spec;
}
