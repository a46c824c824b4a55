import type { Trouble } from './trouble.ts';
import type { Workload } from './workload.ts';
import { conditionOf } from './workloadTroubles.ts';

/** Where a rollout stands. `progressing` may still end well; `failed` needs somebody. */
export type RolloutOutcome =
  | { readonly state: 'progressing'; readonly waitingFor: string }
  | { readonly state: 'done' }
  | { readonly state: 'failed'; readonly reason: Trouble };

/** What the outcome is told from, beside the workload itself. */
export interface RolloutCounts {
  readonly observed: boolean;
  readonly desired: number;
  /** Living pods of the new revision. */
  readonly updated: number;
  readonly ready: number;
  readonly old: number;
  /** The gravest first. */
  readonly troubles: readonly Trouble[];
}

/** The code of a deadline that passed for no other reason that is known. */
const DEADLINE_EXCEEDED = 'DeadlineExceeded';

/** Decides whether a rollout is done, has failed or goes on, and what it waits for. */
export function rolloutOutcome(workload: Workload, counts: RolloutCounts): RolloutOutcome {
  if (!counts.observed) return waiting(`the controller to see the change to ${workload.metadata.name}`);
  const grave = counts.troubles.find((trouble) => trouble.grave);
  const givenUp = controllerGaveUp(workload, counts.troubles);
  if (givenUp?.code === DEADLINE_EXCEEDED && isAllReady(counts))
    return waiting('the controller to count the ready pods');
  if (givenUp) return { state: 'failed', reason: givenUp };
  if (workload.kind === 'Job') return jobOutcome(workload, grave);
  const open = unfinished(workload, counts);
  if (open === undefined) return { state: 'done' };
  return grave ? { state: 'failed', reason: grave } : waiting(open);
}

/**
 * True when every new pod is ready and nothing hinders one. A controller that lost its watch, as after a restart of the API
 * server, may pass its deadline before it sees them; it takes that back when it does.
 */
function isAllReady({ desired, ready, troubles, updated }: RolloutCounts): boolean {
  return troubles.length === 0 && updated >= desired && ready >= desired;
}

function waiting(waitingFor: string): RolloutOutcome {
  return { state: 'progressing', waitingFor };
}

/** The reason when the controller itself has given up: the first trouble that explains it, else its own words. */
function controllerGaveUp(workload: Workload, troubles: readonly Trouble[]): Trouble | undefined {
  const { name } = workload.metadata;
  const progressing = conditionOf(workload, 'Progressing');
  if (progressing?.status === 'False' && /DeadlineExceeded|TimedOut/.test(progressing.reason ?? '')) {
    const seconds = workload.spec?.progressDeadlineSeconds ?? 600;
    return (
      troubles[0] ?? {
        code: DEADLINE_EXCEEDED,
        message: `${workload.kind} ${name} made no progress for ${seconds} seconds.`,
        said: progressing.message ?? '',
        advice: 'Look at the pods of the new revision.',
        path: ['spec', 'progressDeadlineSeconds'],
        grave: true,
      }
    );
  }
  if (workload.kind === 'Rollout' && (workload.status?.phase === 'Degraded' || workload.status?.abort)) {
    return (
      troubles[0] ?? {
        code: 'RolloutDegraded',
        message: `Rollout ${name} was given up.`,
        said: workload.status?.message ?? '',
        advice: 'Look at its analysis runs, then retry or undo it.',
        path: ['spec', 'strategy'],
        grave: true,
      }
    );
  }
  const failed = workload.kind === 'Job' ? conditionOf(workload, 'Failed') : undefined;
  if (failed?.status !== 'True') return undefined;
  const ofPod = troubles.find(({ pod }) => pod !== undefined);
  return {
    code: 'JobFailed',
    message: ofPod?.message ?? `Job ${name} failed (${failed.reason ?? 'no reason given'}).`,
    said: failed.message ?? '',
    advice: 'Read the log of its pod.',
    path: ofPod?.path ?? ['spec', failed.reason === 'DeadlineExceeded' ? 'activeDeadlineSeconds' : 'backoffLimit'],
    grave: true,
    ...(ofPod?.pod === undefined ? {} : { pod: ofPod.pod }),
    ...(ofPod?.lastLogLine === undefined ? {} : { lastLogLine: ofPod.lastLogLine }),
  };
}

/** A Job goes on while its controller retries; only what no retry cures ends it early. */
function jobOutcome(workload: Workload, grave: Trouble | undefined): RolloutOutcome {
  if (conditionOf(workload, 'Complete')?.status === 'True') return { state: 'done' };
  if (workload.spec?.suspend) return waiting('the Job to be resumed: it is suspended');
  const retries = grave?.code === 'CrashLoopBackOff' || grave?.code === 'OOMKilled' || grave?.code === 'Evicted';
  if (grave && !retries) return { state: 'failed', reason: grave };
  const wanted = workload.spec?.completions ?? workload.spec?.parallelism ?? 1;
  return waiting(`${plural(wanted - (workload.status?.succeeded ?? 0), 'pod')} to complete`);
}

/** What is still to come before the rollout is done, or undefined when nothing is. */
function unfinished(workload: Workload, counts: RolloutCounts): string | undefined {
  const { desired, updated, ready, old } = counts;
  const status = workload.status ?? {};
  if (workload.spec?.paused) return 'the rollout to be resumed: it is paused';
  if (workload.kind === 'Rollout' && status.phase === 'Paused') {
    return `its promotion: ${status.message ?? 'it is paused'}`;
  }
  if (workload.spec?.updateStrategy?.type === 'OnDelete' && old > 0) {
    return `${plural(old, 'old pod')} to be deleted by hand: its update strategy is OnDelete`;
  }
  const partition =
    workload.kind === 'StatefulSet' ? (workload.spec?.updateStrategy?.rollingUpdate?.partition ?? 0) : 0;
  const toUpdate = Math.max(0, desired - partition);
  if (updated < toUpdate) return `${plural(toUpdate - updated, 'new pod')} to be created`;
  if (ready < toUpdate) return `${plural(toUpdate - ready, 'new pod')} to become ready`;
  if (partition === 0 && old > 0) return `${plural(old, 'old pod')} to go`;
  const available = status.availableReplicas ?? status.numberAvailable ?? 0;
  if (available < desired) return `${plural(desired - available, 'pod')} to become available`;
  if (workload.kind === 'Deployment' && (status.updatedReplicas ?? 0) < desired)
    return 'the controller to count the pods';
  if (workload.kind === 'Rollout' && status.phase !== undefined && status.phase !== 'Healthy') {
    return status.message || 'the rollout to become healthy';
  }
  return undefined;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
