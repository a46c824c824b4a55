import type { KubeEvent } from './kubeEvent.ts';
import type { KubeObject } from './kubeObject.ts';
import type { ClaimState } from './pendingClaims.ts';
import type { Pod } from './pod.ts';
import { isPodReady } from './pod.ts';
import { podTroubles } from './podTroubles.ts';
import { currentRevision, podRevisionLabel, type Revision, revisionsOf } from './revision.ts';
import { type RolloutOutcome, rolloutOutcome } from './rolloutOutcome.ts';
import type { Trouble } from './trouble.ts';
import type { Workload } from './workload.ts';
import { creationTroubles } from './workloadTroubles.ts';

/** What a rollout's progress is told from. Objects that belong to other workloads do no harm. */
export interface RolloutObjects {
  readonly pods: readonly Pod[];
  /** The ReplicaSets or ControllerRevisions. */
  readonly revisions: readonly KubeObject[];
  readonly events: readonly KubeEvent[];
  /** The last log line of a container's latest ended run, by `pod/container`. */
  readonly logTails: ReadonlyMap<string, string>;
  /** The claims that pods wait for, by name, as far as they could be read. */
  readonly claims?: ReadonlyMap<string, ClaimState>;
  /** False when this user may not read pods or revisions: the workload's own status is then all that is known. */
  readonly complete: boolean;
  readonly startedAtMilliseconds: number;
  readonly nowMilliseconds: number;
}

/** How far a rollout is, in numbers and words. */
export interface RolloutProgress {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly images: readonly string[];
  /** The revision that is rolled out, 0 while the controller has not numbered it. */
  readonly revision: number;
  /** Pods wanted. */
  readonly desired: number;
  /** Pods of the new revision, ready or not. */
  readonly updated: number;
  /** Pods of the new revision that are ready. */
  readonly ready: number;
  /** Pods, of any revision, that the controller counts as available. */
  readonly available: number;
  /** Pods of former revisions that are still there, those that are shutting down included. */
  readonly old: number;
  readonly elapsedMilliseconds: number;
  readonly outcome: RolloutOutcome;
  /** All that hinders the new pods, the gravest first. */
  readonly troubles: readonly Trouble[];
}

/** Tells how far a workload's rollout is. Pure: the same objects give the same answer. */
export function rolloutProgress(workload: Workload, objects: RolloutObjects): RolloutProgress {
  const { nowMilliseconds } = objects;
  const template = workload.spec?.template?.spec;
  const observed = isObserved(workload);
  const revisions = revisionsOf(workload, objects.revisions);
  const revision = observed ? currentRevision(workload, revisions) : undefined;
  const own = objects.complete
    ? objects.pods.filter((pod) => belongsTo(pod, workload, objects.revisions))
    : objects.pods;
  const fresh = objects.complete ? own.filter((pod) => isOfRevision(pod, workload, revision)) : own;
  const alive = fresh.filter(({ metadata }) => !metadata.deletionTimestamp);
  const running = alive.filter((pod) => !hasEnded(pod));
  const counts = objects.complete
    ? {
        updated: workload.kind === 'Job' ? alive.length : running.length,
        ready: alive.filter(isPodReady).length,
        old: own.filter((pod) => !fresh.includes(pod) && !hasEnded(pod)).length,
      }
    : countsOfStatus(workload);
  const troubles = observed
    ? [
        ...creationTroubles(
          workload,
          revision ? [revision.keeper, workload] : [workload],
          objects.events,
          counts.updated === 0,
          nowMilliseconds,
        ),
        ...alive.flatMap((pod) =>
          podTroubles(pod, {
            template,
            claimTemplates: (workload.spec?.volumeClaimTemplates ?? []).map(({ metadata }) => metadata?.name ?? ''),
            events: objects.events,
            logTails: objects.logTails,
            claims: objects.claims ?? new Map(),
            nowMilliseconds,
          }),
        ),
      ].sort((left, right) => Number(right.grave) - Number(left.grave))
    : [];
  const desired = desiredPods(workload);
  return {
    kind: workload.kind,
    namespace: workload.metadata.namespace ?? 'default',
    name: workload.metadata.name,
    images: (template?.containers ?? []).flatMap(({ image }) => image ?? []),
    revision: revision?.number ?? 0,
    desired,
    ...counts,
    available: workload.status?.availableReplicas ?? workload.status?.numberAvailable ?? workload.status?.ready ?? 0,
    elapsedMilliseconds: Math.max(0, nowMilliseconds - objects.startedAtMilliseconds),
    outcome: rolloutOutcome(workload, { observed, desired, ...counts, troubles }),
    troubles,
  };
}

/**
 * A pod that was evicted, or has ended otherwise, stays in the list until it is collected; its controller counts it no more.
 * One that is being deleted is on its way out, and is waited for.
 */
function hasEnded({ metadata, status }: Pod): boolean {
  return !metadata.deletionTimestamp && (status?.phase === 'Failed' || status?.phase === 'Succeeded');
}

/** The counts that the controller gives; it does not say how many of the ready pods are new. */
function countsOfStatus({ status = {} }: Workload): { updated: number; ready: number; old: number } {
  const updated = status.updatedReplicas ?? status.updatedNumberScheduled ?? status.active ?? 0;
  const all = status.replicas ?? status.desiredNumberScheduled ?? updated;
  const ready = Math.min(updated, status.readyReplicas ?? status.numberReady ?? status.ready ?? 0);
  return { updated, ready, old: Math.max(0, all - updated) };
}

/** True when the controller has seen the newest change. Argo Rollouts writes the generation as text. */
function isObserved(workload: Workload): boolean {
  if (workload.kind === 'Job') return true;
  const generation = workload.metadata.generation ?? 0;
  const observed = Number(workload.status?.observedGeneration ?? -1);
  return Number.isNaN(observed) || observed >= generation;
}

/** The pods that should be there in the end. */
function desiredPods(workload: Workload): number {
  if (workload.kind === 'DaemonSet') return workload.status?.desiredNumberScheduled ?? 0;
  if (workload.kind === 'Job') return workload.spec?.completions ?? workload.spec?.parallelism ?? 1;
  return workload.spec?.replicas ?? 1;
}

/** Ownership by uid, through a ReplicaSet for Deployments and Rollouts: labels alone can lie. */
function belongsTo(pod: Pod, workload: Workload, keepers: readonly KubeObject[]): boolean {
  const uid = workload.metadata.uid;
  return (pod.metadata.ownerReferences ?? []).some((reference) => {
    if (!reference.controller) return false;
    if (reference.uid === uid) return true;
    const keeper = keepers.find(({ metadata }) => metadata.uid === reference.uid);
    return keeper?.metadata.ownerReferences?.some((owner) => owner.controller && owner.uid === uid) ?? false;
  });
}

function isOfRevision(pod: Pod, workload: Workload, revision: Revision | undefined): boolean {
  const label = podRevisionLabel[workload.kind];
  if (label === undefined) return true;
  if (workload.kind === 'StatefulSet') return pod.metadata.labels?.[label] === workload.status?.updateRevision;
  return revision !== undefined && pod.metadata.labels?.[label] === revision.hash;
}
