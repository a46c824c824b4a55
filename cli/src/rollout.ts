import { Failure } from '../../client/src/cluster/failure.ts';
import { lookAtRollout } from '../../client/src/cluster/lookAtRollout.ts';
import { listRevisions } from '../../client/src/cluster/undoRollout.ts';
import type { WorkloadReference } from '../../client/src/cluster/workloadReference.ts';
import type { DeliveryState } from '../../client/src/delivery/deliveryState.ts';
import type { Engines } from '../../client/src/delivery/engines.ts';
import { releaseDocuments, workloadsOf } from '../../client/src/delivery/release/releaseDocuments.ts';
import { rollout } from '../../client/src/delivery/ship.ts';
import { printHistory, printStatus } from './formats/rolloutText.ts';
import { protectingPatterns } from './protectedContexts.ts';
import { isRelease, ROLLOUT_USAGE, type RolloutOptions, readRolloutOptions } from './rolloutOptions.ts';
import { type CommandRun, runDelivery } from './runDelivery.ts';

/** `slipway rollout`: looks at a rollout, watches it to its end, lists its revisions, syncs it or takes it back. */
export async function runRollout(args: readonly string[]): Promise<number> {
  const options = readRolloutOptions(args);
  if (!options) {
    process.stdout.write(ROLLOUT_USAGE);
    return 0;
  }
  const { action, target } = options;
  if (action === 'status') return runStatus(options);
  if (action === 'history') {
    return runDelivery(target, false, async ({ engines, signal }) => {
      printHistory(await listRevisions(engines.cluster(target.context), options.workload, signal), target.format);
      return 0;
    });
  }
  const changes = action !== 'watch';
  const patterns = changes ? await protectingPatterns([]) : [];
  return runDelivery(target, changes, (run) => follow(options, patterns, run));
}

/** The exit code of a status tells where the rollout stands, the worst of several: done, failed, or 4 for one that goes on. */
function runStatus(options: RolloutOptions): Promise<number> {
  const { target } = options;
  return runDelivery(target, false, async ({ engines, signal }) => {
    const codes: number[] = [];
    for (const workload of await workloadsMeant(options, engines, signal)) {
      const progress = await lookAtRollout(engines.cluster(target.context), workload, engines.clock, signal);
      printStatus(progress, target.format);
      codes.push({ done: 0, failed: 1, progressing: 4 }[progress.outcome.state]);
    }
    return codes.includes(1) ? 1 : Math.max(0, ...codes);
  });
}

/** Watches, undoes or syncs; the workloads of a release one after the other until one fails. */
async function follow(
  options: RolloutOptions,
  patterns: readonly string[],
  run: CommandRun,
): Promise<DeliveryState | number> {
  const { action, sync, target, toRevision } = options;
  const { context, timeoutMilliseconds } = target;
  const confirmedContext = action === 'watch' ? undefined : await run.confirmContext(patterns);
  if (action !== 'watch') await run.agree(questionOf(options));
  let state: DeliveryState | number = 0;
  for (const workload of await workloadsMeant(options, run.engines, run.signal)) {
    const intent = {
      context,
      workload,
      timeoutMilliseconds,
      protectedContexts: patterns,
      ...(action === 'undo' ? { undo: toRevision === undefined ? {} : { toRevision } } : {}),
      ...(action === 'sync' ? { sync } : {}),
      ...(confirmedContext === undefined ? {} : { confirmedContext }),
    };
    state = await rollout(intent, run.engines, (event, next) => run.output.event(event, next), run.signal);
    if (state.status !== 'done') break;
  }
  return state;
}

/** What is asked before an undo or a sync, which have no review. */
function questionOf({ action, sync, target, toRevision, workload }: RolloutOptions): string {
  const named = `${workload.kind} ${workload.namespace}/${workload.name} on ${target.context}`;
  if (action === 'undo') {
    return `Take ${named} back to ${toRevision === undefined ? 'its former revision' : `revision ${toRevision}`}?`;
  }
  const what = sync.revision === undefined ? 'its source' : `revision ${sync.revision}`;
  return `Sync ${named} with ${what}${sync.prune ? ', deleting what is gone' : ''}?`;
}

/** The workload that was named, or those of the release that was named. */
async function workloadsMeant(
  { target, workload }: RolloutOptions,
  engines: Engines,
  signal: AbortSignal,
): Promise<readonly WorkloadReference[]> {
  if (!isRelease(workload)) return [workload];
  const { name, namespace } = workload;
  const release = await engines.helm?.current({ context: target.context, namespace, name }, signal);
  if (!release) throw new Failure('not-found', `There is no release ${namespace}/${name} in ${target.context}.`);
  if (release.status !== 'deployed') {
    throw new Failure('rollout', `Release ${namespace}/${name} is ${release.status} at revision ${release.revision}.`, {
      advice: 'Look at its history, and roll it back or upgrade it again.',
    });
  }
  return workloadsOf(releaseDocuments(release.manifest, '.'), namespace).map(({ workload: one }) => one);
}
