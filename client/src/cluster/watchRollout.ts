import { setMaxListeners } from 'node:events';
import { applicationProgress } from './applicationProgress.ts';
import type { ArgoApplication } from './argoApplication.ts';
import { cancelled } from './cancellation.ts';
import type { Clock } from './clock.ts';
import { Failure } from './failure.ts';
import type { KubeApi, Selection } from './kubeApi.ts';
import type { KubeEvent } from './kubeEvent.ts';
import { LogTails } from './logTails.ts';
import { type CacheState, ObjectCache } from './objectCache.ts';
import { PendingClaims } from './pendingClaims.ts';
import type { Pod } from './pod.ts';
import { collectionPath, type ResourceType, wellKnownTypes } from './resourceType.ts';
import { type RolloutProgress, rolloutProgress } from './rolloutProgress.ts';
import { keeperType, workloadSelector } from './rolloutSelection.ts';
import type { Workload } from './workload.ts';
import { type WorkloadReference, workloadPath, workloadType } from './workloadReference.ts';

/** One look at a rollout. `connection` says how far it can be believed. */
export interface RolloutSighting {
  readonly progress: RolloutProgress;
  readonly connection: CacheState;
}

/** How long and with how much patience a rollout is watched. */
export interface WatchRolloutOptions {
  /** The watch ends with a `timeout` failure after this time; without a connection it counts, asleep it does not. */
  readonly timeoutMilliseconds: number;
  /** An older generation of the workload is not looked at: the change that is waited for is not in it. */
  readonly generation?: number;
}

/** How often elapsed time is told anew and patience is checked while nothing else happens. */
const tickMilliseconds = 1_000;

/** All caches, their pauses and the log requests listen to one signal; more than this many would be a leak. */
const concurrentWaits = 50;

/** Two looks that lie further apart than this had a machine's sleep between them: there is one each second. */
const sleepMilliseconds = 15_000;

/** How long pods without a readiness probe have to stay up: they count as ready before a crash shows. */
const steadyMilliseconds = 5_000;

/** How long credentials that the server refuses are tried before giving up: a token may be on its way. */
const patienceForCredentialsMilliseconds = 60_000;

/**
 * Watches a workload until its rollout is done or has failed, and resolves with the last progress. Throws `cancelled`,
 * `timeout`, `forbidden` when the workload itself may not be watched, and `not-found` when it is gone. A server that
 * goes away, an expired watch and a changed token are waited out. Kinds that this user may not read are left out: the
 * counts are then poorer, never wrong.
 */
export async function watchRollout(
  api: KubeApi,
  reference: WorkloadReference,
  options: WatchRolloutOptions,
  clock: Clock,
  emit: (sighting: RolloutSighting) => void,
  signal: AbortSignal,
): Promise<RolloutProgress> {
  const type = workloadType(reference.kind);
  const startedAtMilliseconds = clock.now();
  const first = await firstSight(api, reference, options, clock, signal);
  const stop = new AbortController();
  const stopped = AbortSignal.any([signal, stop.signal]);
  setMaxListeners(concurrentWaits, stopped);
  const cacheOf = (of: ResourceType, selection: Selection): ObjectCache =>
    new ObjectCache(api, collectionPath(of, reference.namespace), selection, clock);
  const selection: Selection = { labelSelector: workloadSelector(first) };
  const workloads = cacheOf(type, { fieldSelector: `metadata.name=${reference.name}` });
  const pods = cacheOf(wellKnownTypes.pods, selection);
  const keepers = cacheOf(keeperType(reference.kind), selection);
  const events = cacheOf(wellKnownTypes.events, { fieldSelector: 'type=Warning' });
  const logTails = new LogTails(api, reference.namespace);
  const claims = new PendingClaims(api, reference.namespace, clock);
  // Argo CD tells all that is known of an application in the Application itself.
  const isApplication = reference.kind === 'Application';
  const caches = isApplication
    ? [workloads]
    : [workloads, pods, events, ...(reference.kind === 'Job' ? [] : [keepers])];
  let wake = (): void => {};
  let tick: Promise<void> | undefined;
  let doneSince: number | undefined;
  let asleepMilliseconds = 0;
  let lookedAt = clock.now();
  const unsubscribe = caches.map((cache) => cache.subscribe(() => wake()));
  const running = Promise.all(caches.map((cache) => cache.run(stopped)));
  try {
    for (;;) {
      if (signal.aborted) throw cancelled();
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const now = clock.now();
      if (now - lookedAt >= sleepMilliseconds) asleepMilliseconds += now - lookedAt;
      lookedAt = now;
      const connection = workloads.snapshot().state;
      failOnRefusal(connection, reference, now);
      const workload = workloads.snapshot().objects[0] as Workload | undefined;
      if (workload) {
        const podList = pods.snapshot().objects as readonly Pod[];
        const progress = isApplication
          ? applicationProgress(workload as ArgoApplication, startedAtMilliseconds, now)
          : rolloutProgress(workload, {
              pods: podList,
              revisions: keepers.snapshot().objects,
              events: events.snapshot().objects as readonly KubeEvent[],
              logTails: await logTails.read(podList, stopped),
              claims: await claims.read(podList, stopped),
              complete: ![pods, keepers].some(isRefused),
              startedAtMilliseconds,
              nowMilliseconds: now,
            });
        doneSince = progress.outcome.state === 'done' ? (doneSince ?? now) : undefined;
        const isSteady = !mayLookReady(workload) || now - (doneSince ?? now) >= steadyMilliseconds;
        const shown = doneSince !== undefined && !isSteady ? stillWaiting(progress) : progress;
        emit({ progress: shown, connection });
        const current = connection.kind === 'live' && caches.every(isSettled);
        const isMeant = (workload.metadata.generation ?? 0) >= (options.generation ?? 0);
        if (shown.outcome.state !== 'progressing' && current && isMeant) return shown;
      } else if (connection.kind === 'live') {
        throw new Failure('not-found', `${reference.kind} ${reference.name} is gone from ${reference.namespace}.`);
      }
      if (now - startedAtMilliseconds - asleepMilliseconds >= options.timeoutMilliseconds)
        throw timedOut(reference, options);
      tick ??= clock.sleep(tickMilliseconds, stopped).then(() => {
        tick = undefined;
      });
      await Promise.race([changed, tick]);
    }
  } finally {
    for (const end of unsubscribe) end();
    stop.abort();
    await running;
  }
}

/** True when a pod counts as ready as soon as its containers run, so that one that ends at once is ready for a moment. */
function mayLookReady(workload: Workload): boolean {
  if (workload.kind === 'Job' || (workload.spec?.minReadySeconds ?? 0) * 1000 >= steadyMilliseconds) return false;
  return workload.spec?.template?.spec.containers.some(({ readinessProbe }) => !readinessProbe) ?? false;
}

function stillWaiting(progress: RolloutProgress): RolloutProgress {
  const waitingFor = 'the new pods to stay up: they have no readiness probe';
  return { ...progress, outcome: { state: 'progressing', waitingFor } };
}

/** A cache that has answered: it is live, or this user may not read it. */
function isSettled(cache: ObjectCache): boolean {
  return cache.snapshot().state.kind === 'live' || isRefused(cache);
}

function isRefused(cache: ObjectCache): boolean {
  const { state } = cache.snapshot();
  return state.kind === 'stale' && state.reason.kind === 'forbidden';
}

/** The workload as it is when the watch begins; a server that is just being restarted is waited for. */
async function firstSight(
  api: KubeApi,
  reference: WorkloadReference,
  options: WatchRolloutOptions,
  clock: Clock,
  signal: AbortSignal,
): Promise<Workload> {
  const deadline = clock.now() + options.timeoutMilliseconds;
  for (;;) {
    try {
      return (await api.get(workloadPath(reference), signal)) as Workload;
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== 'unreachable' || clock.now() >= deadline) throw error;
      await clock.sleep(tickMilliseconds, signal);
    }
  }
}

function failOnRefusal(state: CacheState, reference: WorkloadReference, now: number): void {
  if (state.kind !== 'stale') return;
  const { reason, sinceMilliseconds } = state;
  const lasting = now - sinceMilliseconds >= patienceForCredentialsMilliseconds;
  if (reason.kind === 'forbidden' || reason.kind === 'untrusted' || (reason.kind === 'unauthorised' && lasting)) {
    throw new Failure(reason.kind, `${reference.kind} ${reference.name} cannot be watched.`, reason);
  }
}

function timedOut(reference: WorkloadReference, options: WatchRolloutOptions): Failure {
  const seconds = Math.round(options.timeoutMilliseconds / 1000);
  return new Failure(
    'timeout',
    `The rollout of ${reference.kind} ${reference.namespace}/${reference.name} was not done after ${seconds} seconds.`,
    { advice: 'It goes on in the cluster. Watch it again, or undo it.' },
  );
}
