import { cancelled } from '../../cluster/cancellation.ts';
import { Failure } from '../../cluster/failure.ts';
import { watchRollout } from '../../cluster/watchRollout.ts';
import type { WorkloadReference } from '../../cluster/workloadReference.ts';
import type { StepResult } from '../deliveryEvent.ts';
import { rolloutFailure } from '../runRolloutStep.ts';
import type { ReviewRelease, UpgradeRelease } from '../step.ts';
import type { StepRun } from '../stepRun.ts';
import type { HelmEngine, HelmRelease } from './helmEngine.ts';
import { releaseDocuments, workloadsOf } from './releaseDocuments.ts';
import { releaseReview } from './releaseReview.ts';

/** An upgrade that was begun is let finish, so that no release is left pending; after this time it counts as lost. */
const graceMilliseconds = 60_000;

/** Tells what an install or upgrade would change, object by object, and changes nothing. */
export async function reviewRelease(step: ReviewRelease, run: StepRun): Promise<StepResult> {
  const { release } = step;
  const helm = await helmOf(run);
  const live = await helm.current(release, run.signal);
  if (live?.status.startsWith('pending-')) throw interrupted(release.name, live);
  const preview = await helm.preview(release, run.signal);
  const before = live && live.status !== 'uninstalled' ? releaseDocuments(live.manifest, release.chartFolder) : [];
  const after = releaseDocuments(preview.manifest, release.chartFolder);
  for (const review of releaseReview(before, after, release.namespace)) {
    run.reviews.push(review);
    run.emit({ type: 'reviewed', step: step.id, review });
  }
  return { kind: 'reviewed', changes: run.reviews.filter(({ change }) => change !== 'unchanged').length };
}

/**
 * Installs or upgrades after a yes, and watches every workload of the release to its end. When that fails, the release
 * goes back to the revision that ran before where that was asked for; one that was never there is taken away again.
 */
export async function upgradeRelease(step: UpgradeRelease, run: StepRun): Promise<StepResult> {
  const { release } = step;
  if (run.engines.approve && !(await run.engines.approve(step, run.reviews))) throw cancelled();
  const helm = await helmOf(run);
  const former = await helm.lastDeployed(release, run.signal);
  const named = `Release ${release.namespace}/${release.name}`;
  const timeout = step.watch?.timeoutMilliseconds ?? graceMilliseconds;
  let revision = 0;
  try {
    const upgraded = await helm.upgrade(release, timeout, AbortSignal.timeout(timeout + graceMilliseconds));
    revision = upgraded.revision;
    const { context, namespace, name } = release;
    run.emit({ type: 'applied', step: step.id, object: { context, kind: 'Release', namespace, name } });
    const images = step.watch ? await watchWorkloads(step, upgraded, run) : [];
    return { kind: 'rolled-out', revision, images };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.kind === 'cancelled') {
      run.remains.push(`${named} is at revision ${revision} in ${release.context}; only the watching was ended.`);
    } else if (step.watch?.undoOnFailure && error.kind === 'rollout') {
      await takeBack(step, helm, former, run);
    } else if (revision > 0) {
      run.remains.push(`${named} stays at revision ${revision} in ${release.context}.`);
    }
    throw error;
  }
}

/** Watches all workloads of a release, one after the other, and gives their images. */
async function watchWorkloads(step: UpgradeRelease, { manifest }: HelmRelease, run: StepRun): Promise<string[]> {
  const { context, chartFolder, namespace } = step.release;
  const timeoutMilliseconds = step.watch?.timeoutMilliseconds ?? graceMilliseconds;
  const images: string[] = [];
  for (const { file, workload } of workloadsOf(releaseDocuments(manifest, chartFolder), namespace)) {
    const progress = await watchOne(context, workload, timeoutMilliseconds, step.id, run);
    if (progress.outcome.state === 'failed') {
      const failure = rolloutFailure({}, progress.outcome.reason);
      throw new Failure('rollout', failure.report.message, { ...failure.report, places: [{ file }] });
    }
    images.push(...progress.images);
  }
  return images;
}

function watchOne(
  context: string,
  workload: WorkloadReference,
  timeoutMilliseconds: number,
  step: string,
  run: StepRun,
): ReturnType<typeof watchRollout> {
  return watchRollout(
    run.engines.cluster(context),
    workload,
    { timeoutMilliseconds },
    run.engines.clock,
    (sighting) => run.emit({ type: 'rollout', step, sighting }),
    run.signal,
  );
}

async function takeBack(
  step: UpgradeRelease,
  helm: HelmEngine,
  former: number | undefined,
  run: StepRun,
): Promise<void> {
  const { release } = step;
  const named = `Release ${release.namespace}/${release.name}`;
  const patience = AbortSignal.timeout(graceMilliseconds);
  try {
    const failed = (await helm.current(release, run.signal))?.revision ?? 0;
    if (former === undefined) {
      await helm.uninstall(release, patience);
      run.remains.push(`${named} was never there before, and was taken away again.`);
      return;
    }
    await helm.rollback(release, former, patience);
    run.emit({ type: 'undone', step: step.id, result: { kind: 'undone', from: failed, to: former, images: [] } });
    const back = await helm.current(release, run.signal);
    if (back) await watchWorkloads(step, back, run);
    run.remains.push(`${named} was taken back to revision ${former} and runs it.`);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    run.remains.push(`${named} was not taken back in good order: ${error.report.message}`);
  }
}

function helmOf({ engines }: StepRun): Promise<HelmEngine> {
  if (engines.helm) return Promise.resolve(engines.helm);
  return Promise.reject(new Failure('tool-missing', 'Releases need helm.', { advice: 'Install helm.' }));
}

function interrupted(name: string, { revision, status }: HelmRelease): Failure {
  return new Failure(
    'conflict',
    `Release ${name} is ${status} at revision ${revision}: an operation on it was broken off, or goes on.`,
    {
      advice: 'Wait for it, or roll the release back to the revision before.',
    },
  );
}
