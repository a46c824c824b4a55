import { Failure, type FailurePlace } from '../cluster/failure.ts';
import type { RolloutProgress } from '../cluster/rolloutProgress.ts';
import { syncApplication } from '../cluster/syncApplication.ts';
import type { Trouble } from '../cluster/trouble.ts';
import { undoRollout } from '../cluster/undoRollout.ts';
import { watchRollout } from '../cluster/watchRollout.ts';
import type { StepResult } from './deliveryEvent.ts';
import type { SyncApplication, Undo, WatchRollout } from './step.ts';
import type { StepRun } from './stepRun.ts';

/** Watches a rollout to its end. One that fails is taken back when the intent says so, and is a failure all the same. */
export async function watch(step: WatchRollout, run: StepRun): Promise<StepResult> {
  const api = run.engines.cluster(step.context);
  const generation = run.generations.get(step.id);
  const options = {
    timeoutMilliseconds: step.timeoutMilliseconds,
    ...(generation === undefined ? {} : { generation }),
  };
  const { workload } = step;
  const named = `${workload.kind} ${workload.namespace}/${workload.name}`;
  let progress: RolloutProgress;
  try {
    progress = await watchRollout(
      api,
      workload,
      options,
      run.engines.clock,
      (sighting) => run.emit({ type: 'rollout', step: step.id, sighting }),
      run.signal,
    );
  } catch (error) {
    if (error instanceof Failure && error.kind === 'cancelled') {
      run.remains.push(`The rollout of ${named} goes on in ${step.context}; only the watching was ended.`);
    }
    if (error instanceof Failure && ['forbidden', 'unauthorised', 'unreachable'].includes(error.kind)) {
      run.remains.push(`The rollout of ${named} goes on in ${step.context} unwatched.`);
    }
    throw error;
  }
  if (progress.outcome.state === 'failed') {
    const failure = rolloutFailure(step, progress.outcome.reason);
    if (step.undoOnFailure && step.workload.kind !== 'Application') await undoAfterFailure(step, run, named);
    else
      run.remains.push(
        `${named} stays as it is in ${step.context}: ${progress.ready} of ${progress.desired} new pods are ready.`,
      );
    throw failure;
  }
  return { kind: 'rolled-out', revision: progress.revision, images: progress.images };
}

/** Asks Argo CD for a sync; the step after it watches what comes of that. */
export async function sync(step: SyncApplication, run: StepRun): Promise<StepResult> {
  await syncApplication(run.engines.cluster(step.context), step.workload, step.sync, run.signal);
  return { kind: 'sync-requested' };
}

/** Takes a workload back to a former revision. */
export async function undo(step: Undo, run: StepRun): Promise<StepResult> {
  const api = run.engines.cluster(step.context);
  const result = await undoRollout(api, step.workload, step.toRevision, run.signal);
  const { kind, namespace, name } = step.workload;
  run.generations.set(`watch-rollout/${kind}/${namespace}/${name}`, result.workload.metadata.generation ?? 0);
  return { kind: 'undone', from: result.from, to: result.to, images: result.images };
}

/** The failure of a rollout, with the field of the manifest that it comes from. */
export function rolloutFailure(step: Pick<WatchRollout, 'manifest'>, reason: Trouble): Failure {
  const place: FailurePlace | undefined = step.manifest && { ...step.manifest, path: reason.path };
  const lastLine = reason.lastLogLine === undefined ? '' : `Last log line: ${reason.lastLogLine}`;
  return new Failure('rollout', `${reason.code}: ${reason.message}`, {
    said: [reason.said, lastLine].filter((text) => text !== '').join('\n'),
    advice: reason.advice,
    places: place ? [place] : [],
  });
}

async function undoAfterFailure(step: WatchRollout, run: StepRun, named: string): Promise<void> {
  const api = run.engines.cluster(step.context);
  try {
    const { from, to, images, workload } = await undoRollout(api, step.workload, undefined, run.signal);
    run.emit({ type: 'undone', step: step.id, result: { kind: 'undone', from, to, images } });
    const generation = workload.metadata.generation ?? 0;
    const options = { timeoutMilliseconds: step.timeoutMilliseconds, generation };
    const progress = await watchRollout(
      api,
      step.workload,
      options,
      run.engines.clock,
      (sighting) => run.emit({ type: 'rollout', step: step.id, sighting }),
      run.signal,
    );
    run.remains.push(
      progress.outcome.state === 'done'
        ? `${named} was taken back to revision ${to} and runs it.`
        : `${named} was taken back to revision ${to}, which does not run either.`,
    );
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    run.remains.push(`${named} was not taken back: ${error.report.message}`);
  }
}
