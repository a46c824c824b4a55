import { cancelled, throwIfCancelled } from '../cluster/cancellation.ts';
import { Failure } from '../cluster/failure.ts';
import { withoutSecretValues } from '../cluster/secretValues.ts';
import type { DeliveryEvent, StepResult } from './deliveryEvent.ts';
import type { Engines } from './engines.ts';
import { reviewRelease, upgradeRelease } from './release/runReleaseStep.ts';
import { apply, dryRun } from './runDeployStep.ts';
import { buildImage, checkVersion, pushImage, testImage } from './runImageStep.ts';
import { sync, undo, watch } from './runRolloutStep.ts';
import { prune } from './runSetStep.ts';
import type { Apply, Prune, Step, SyncApplication, Undo, UpgradeRelease } from './step.ts';
import type { StepRun } from './stepRun.ts';

/**
 * Runs a plan step by step and tells all that happens. Ends after the first step that does not end well; its failure is
 * an event, not an exception. Rejects only for a fault of our own.
 */
export async function deliver(
  plan: readonly Step[],
  engines: Engines,
  emit: (event: DeliveryEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  emit({ type: 'planned', steps: plan.map(withoutSecrets) });
  const shared = { engines, emit, signal, digests: new Map(), reviews: [], generations: new Map() };
  const refused = plan.find(isUnconfirmed);
  if (refused) {
    const failure = unconfirmed(refused).report;
    emit({ type: 'step-failed', step: refused.id, atMilliseconds: engines.clock.now(), failure, remains: [] });
    return;
  }
  for (const step of plan) {
    const run: StepRun = { ...shared, remains: [] };
    emit({ type: 'step-started', step: step.id, atMilliseconds: engines.clock.now() });
    try {
      throwIfCancelled(signal);
      const result = await runStep(step, run);
      emit({ type: 'step-finished', step: step.id, atMilliseconds: engines.clock.now(), result });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const failure = signal.aborted && error.kind !== 'rollout' ? cancelled().report : error.report;
      emit({ type: 'step-failed', step: step.id, atMilliseconds: engines.clock.now(), failure, remains: run.remains });
      return;
    }
  }
}

/** The step as it is told: views and logs have no need of the values in Secrets. */
function withoutSecrets(step: Step): Step {
  if (step.kind !== 'dry-run' && step.kind !== 'apply' && step.kind !== 'prune') return step;
  const documents = step.documents.map((document) => ({ ...document, object: withoutSecretValues(document.object) }));
  return { ...step, documents };
}

type WritingStep = Apply | Prune | SyncApplication | Undo | UpgradeRelease;

const writingKinds: ReadonlySet<Step['kind']> = new Set([
  'apply',
  'prune',
  'sync-application',
  'undo',
  'upgrade-release',
]);

/** A plan that may not change its cluster is refused before anything of it runs. */
function isUnconfirmed(step: Step): step is WritingStep {
  return (
    writingKinds.has(step.kind) &&
    'protectedBy' in step &&
    step.protectedBy !== undefined &&
    step.confirmedContext !== step.context
  );
}

function unconfirmed(step: WritingStep): Failure {
  const typed = step.confirmedContext === undefined ? '' : ` The name that was given is ${step.confirmedContext}.`;
  return new Failure('protected', `Context ${step.context} is protected by the pattern ${step.protectedBy}.${typed}`, {
    advice: 'Give the name of the context to change it.',
  });
}

function runStep(step: Step, run: StepRun): Promise<StepResult> {
  switch (step.kind) {
    case 'check-version':
      return checkVersion(step, run);
    case 'build-image':
      return buildImage(step, run);
    case 'test-image':
      return testImage(step, run);
    case 'push-image':
      return pushImage(step, run);
    case 'dry-run':
      return dryRun(step, run);
    case 'apply':
      return apply(step, run);
    case 'review-release':
      return reviewRelease(step, run);
    case 'upgrade-release':
      return upgradeRelease(step, run);
    case 'prune':
      return prune(step, run);
    case 'watch-rollout':
      return watch(step, run);
    case 'sync-application':
      return sync(step, run);
    case 'undo':
      return undo(step, run);
  }
}
