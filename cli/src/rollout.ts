import { lookAtRollout } from '../../client/src/cluster/lookAtRollout.ts';
import { listRevisions } from '../../client/src/cluster/undoRollout.ts';
import type { DeliveryState } from '../../client/src/delivery/deliveryState.ts';
import { rollout } from '../../client/src/delivery/ship.ts';
import { printHistory, printStatus } from './formats/rolloutText.ts';
import { protectingPatterns } from './protectedContexts.ts';
import { ROLLOUT_USAGE, type RolloutOptions, readRolloutOptions } from './rolloutOptions.ts';
import { type CommandRun, runDelivery } from './runDelivery.ts';

/** `slipway rollout`: looks at a rollout, watches it to its end, lists its revisions or takes it back. */
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
  const patterns = action === 'undo' ? await protectingPatterns([]) : [];
  return runDelivery(target, action === 'undo', (run) => watchOrUndo(options, patterns, run));
}

/** The exit code of a status tells where the rollout stands: done, failed, or 4 for one that goes on. */
function runStatus({ target, workload }: RolloutOptions): Promise<number> {
  return runDelivery(target, false, async ({ engines, signal }) => {
    const progress = await lookAtRollout(engines.cluster(target.context), workload, engines.clock, signal);
    printStatus(progress, target.format);
    return { done: 0, failed: 1, progressing: 4 }[progress.outcome.state];
  });
}

async function watchOrUndo(
  { action, target, toRevision, workload }: RolloutOptions,
  patterns: readonly string[],
  run: CommandRun,
): Promise<DeliveryState> {
  const { context, timeoutMilliseconds } = target;
  const isUndo = action === 'undo';
  const confirmedContext = isUndo ? await run.confirmContext(patterns) : undefined;
  const intent = {
    context,
    workload,
    timeoutMilliseconds,
    protectedContexts: patterns,
    ...(isUndo ? { undo: toRevision === undefined ? {} : { toRevision } } : {}),
    ...(confirmedContext === undefined ? {} : { confirmedContext }),
  };
  return rollout(intent, run.engines, (event, state) => run.output.event(event, state), run.signal);
}
