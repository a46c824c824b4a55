import type { FailureReport } from '../cluster/failure.ts';
import type { RolloutSighting } from '../cluster/watchRollout.ts';
import type { BuildProgress } from './buildProgress.ts';
import type { AppliedObject, DeliveryEvent, StepResult } from './deliveryEvent.ts';
import type { PushProgress } from './imageEngine.ts';
import type { DocumentReview } from './review.ts';
import type { ContainerTestResult } from './runContainerTests.ts';
import type { Step } from './step.ts';

/** One step of a delivery as far as it is. */
export interface StepState {
  readonly step: Step;
  /** `skipped` is what was never begun because something before it did not end well. */
  readonly status: 'pending' | 'running' | 'done' | 'failed' | 'cancelled' | 'skipped';
  readonly startedAtMilliseconds: number | undefined;
  readonly endedAtMilliseconds: number | undefined;
  readonly result: StepResult | undefined;
  readonly failure: FailureReport | undefined;
  readonly notices: readonly string[];
  /** What a step that did not end well left behind. */
  readonly remains: readonly string[];
  readonly build: BuildProgress | undefined;
  readonly push: PushProgress | undefined;
  readonly containerTests: readonly ContainerTestResult[];
  readonly reviews: readonly DocumentReview[];
  readonly applied: readonly AppliedObject[];
  readonly pruned: readonly AppliedObject[];
  readonly rollout: RolloutSighting | undefined;
  /** The undo that a failed rollout was answered with. */
  readonly undone: Extract<StepResult, { kind: 'undone' }> | undefined;
}

/** A delivery as far as it is: all that views and the command line show. */
export interface DeliveryState {
  readonly steps: readonly StepState[];
  readonly status: 'pending' | 'running' | 'done' | 'failed' | 'cancelled';
  /** The failure of the step that ended the delivery. */
  readonly failure: FailureReport | undefined;
  /** Digests of what was pushed, by reference. */
  readonly digests: Readonly<Record<string, string>>;
}

/** A delivery that has not been planned. */
export const noDelivery: DeliveryState = { steps: [], status: 'pending', failure: undefined, digests: {} };

/** Folds an event into the state. Pure; an event of an unknown step changes nothing. */
export function afterEvent(state: DeliveryState, event: DeliveryEvent): DeliveryState {
  switch (event.type) {
    case 'planned':
      return { ...noDelivery, steps: event.steps.map(pendingStep) };
    case 'step-started':
      return {
        ...withStep(state, event.step, () => ({ status: 'running', startedAtMilliseconds: event.atMilliseconds })),
        status: 'running',
      };
    case 'step-finished':
      return finished(state, event.step, event.atMilliseconds, event.result);
    case 'step-failed':
      return failed(state, event);
    case 'notice':
      return withStep(state, event.step, ({ notices }) => ({ notices: [...notices, event.text] }));
    case 'build-progress':
      return withStep(state, event.step, () => ({ build: event.progress }));
    case 'push-progress':
      return withStep(state, event.step, () => ({ push: event.progress }));
    case 'container-test':
      return withStep(state, event.step, ({ containerTests }) => ({
        containerTests: [...containerTests, event.result],
      }));
    case 'reviewed':
      return withStep(state, event.step, ({ reviews }) => ({ reviews: [...reviews, event.review] }));
    case 'applied':
      return withStep(state, event.step, ({ applied }) => ({ applied: [...applied, event.object] }));
    case 'pruned':
      return withStep(state, event.step, ({ pruned }) => ({ pruned: [...pruned, event.object] }));
    case 'rollout':
      return withStep(state, event.step, () => ({ rollout: event.sighting }));
    case 'undone':
      return withStep(state, event.step, () => ({ undone: event.result }));
  }
}

function pendingStep(step: Step): StepState {
  return {
    step,
    status: 'pending',
    startedAtMilliseconds: undefined,
    endedAtMilliseconds: undefined,
    result: undefined,
    failure: undefined,
    notices: [],
    remains: [],
    build: undefined,
    push: undefined,
    containerTests: [],
    reviews: [],
    applied: [],
    pruned: [],
    rollout: undefined,
    undone: undefined,
  };
}

function withStep(state: DeliveryState, id: string, change: (step: StepState) => Partial<StepState>): DeliveryState {
  return { ...state, steps: state.steps.map((step) => (step.step.id === id ? { ...step, ...change(step) } : step)) };
}

function finished(state: DeliveryState, id: string, endedAtMilliseconds: number, result: StepResult): DeliveryState {
  const next = withStep(state, id, () => ({ status: 'done', endedAtMilliseconds, result }));
  const isPush = (result.kind === 'pushed' || result.kind === 'built') && result.digest !== undefined;
  return {
    ...next,
    status: next.steps.every(({ status }) => status === 'done') ? 'done' : 'running',
    digests: isPush ? { ...state.digests, [result.reference]: result.digest } : state.digests,
  };
}

function failed(state: DeliveryState, event: Extract<DeliveryEvent, { type: 'step-failed' }>): DeliveryState {
  const { failure, remains } = event;
  const status = failure.kind === 'cancelled' ? 'cancelled' : 'failed';
  const next = withStep(state, event.step, () => ({
    status,
    failure,
    remains,
    endedAtMilliseconds: event.atMilliseconds,
  }));
  const steps = next.steps.map((step) => (step.status === 'pending' ? { ...step, status: 'skipped' as const } : step));
  return { ...next, steps, status, failure };
}
