import type { AnalysisVerdict } from './versionAnalysis.ts';

/** How a canary is to go on by itself. */
export interface CanaryPlan {
  /** Shares in percent, ascending; the last is 100. */
  readonly steps: readonly number[];
  /** How long each share is kept and measured before the next. */
  readonly stepMilliseconds: number;
}

/**
 * A canary under way. Plain data, so that it can be kept over a reload: `pending` is what was decided and is not yet known
 * to be written.
 */
export interface CanaryState {
  readonly phase: 'running' | 'paused' | 'aborting' | 'aborted' | 'done';
  readonly plan: CanaryPlan;
  readonly percent: number;
  readonly pending: number | undefined;
  readonly stepStartedAtMilliseconds: number;
  /** Why it is in this phase, as a sentence; empty while all is well. */
  readonly reason: string;
  readonly verdict: AnalysisVerdict | undefined;
}

/** What happens to a canary. `observed` is the share that the routes have now; undefined where they disagree. */
export type CanaryInput =
  | {
      readonly type: 'looked';
      readonly atMilliseconds: number;
      readonly observed: number | undefined;
      readonly verdict: AnalysisVerdict;
    }
  | { readonly type: 'written'; readonly atMilliseconds: number; readonly percent: number }
  | { readonly type: 'write-failed'; readonly reason: string }
  | { readonly type: 'promote' }
  | { readonly type: 'pause' }
  | { readonly type: 'resume'; readonly atMilliseconds: number; readonly observed: number | undefined }
  | { readonly type: 'abort'; readonly reason: string };

/** A canary at the share that its routes have. */
export function canaryAt(percent: number, plan: CanaryPlan, atMilliseconds: number): CanaryState {
  return {
    phase: 'running',
    plan,
    percent,
    pending: undefined,
    stepStartedAtMilliseconds: atMilliseconds,
    reason: '',
    verdict: undefined,
  };
}

/** The share after this one. */
export function nextStep({ steps }: CanaryPlan, percent: number): number {
  return steps.find((step) => step > percent) ?? 100;
}

/** True when nothing more happens to it by itself. */
export function isOver({ phase }: CanaryState): boolean {
  return phase === 'aborted' || phase === 'done';
}

/**
 * The state after an input; `pending` then says what has to be written. Pure. It moves on by itself only when a
 * step's time has passed and the analysis passed: what is not known pauses it, a breach takes it back, and weights that
 * somebody else changed are left alone.
 */
export function afterCanaryInput(state: CanaryState, input: CanaryInput): CanaryState {
  // What is over stays over; only a canary that is done can still be taken back.
  if (isOver(state) && !(state.phase === 'done' && input.type === 'abort')) return state;
  switch (input.type) {
    case 'looked':
      return afterLook(state, input);
    case 'written':
      return afterWrite(state, input.percent, input.atMilliseconds);
    case 'write-failed':
      // A rollback is tried again until it succeeds; a promotion waits for a person.
      if (state.phase === 'aborting') return { ...state, reason: input.reason };
      return { ...state, phase: 'paused', pending: undefined, reason: input.reason };
    case 'promote':
      if (state.phase === 'aborting') return state;
      return { ...state, phase: 'running', reason: '', pending: nextStep(state.plan, state.percent) };
    case 'pause':
      return state.phase === 'running' ? { ...state, phase: 'paused', reason: 'It was paused by hand.' } : state;
    case 'resume':
      if (state.phase !== 'paused' || input.observed === undefined) return state;
      return { ...canaryAt(input.observed, state.plan, input.atMilliseconds), verdict: state.verdict };
    case 'abort':
      return { ...state, phase: 'aborting', pending: 0, reason: input.reason };
  }
}

function afterLook(
  state: CanaryState,
  { atMilliseconds, observed, verdict }: Extract<CanaryInput, { type: 'looked' }>,
): CanaryState {
  // A write whose answer was lost has happened after all.
  if (state.pending !== undefined && observed === state.pending) {
    return { ...afterWrite(state, observed, atMilliseconds), verdict };
  }
  const seen = { ...state, verdict };
  if (state.phase === 'aborting') return seen;
  if (verdict.result === 'breached') return { ...seen, phase: 'aborting', pending: 0, reason: verdict.reason };
  if (state.phase !== 'running') return seen;
  if (observed !== state.percent) {
    const found = observed === undefined ? 'its routes disagree' : `the canary has ${observed} %`;
    return { ...seen, phase: 'paused', pending: undefined, reason: `The weights were changed elsewhere: ${found}.` };
  }
  if (atMilliseconds - state.stepStartedAtMilliseconds < state.plan.stepMilliseconds) return seen;
  if (verdict.result === 'unknown') return { ...seen, phase: 'paused', reason: verdict.reason };
  return { ...seen, pending: nextStep(state.plan, state.percent) };
}

function afterWrite(state: CanaryState, percent: number, atMilliseconds: number): CanaryState {
  const phase =
    state.phase === 'aborting' ? (percent === 0 ? 'aborted' : 'aborting') : percent >= 100 ? 'done' : state.phase;
  return {
    ...state,
    phase,
    percent,
    pending: state.phase === 'aborting' && percent !== 0 ? 0 : undefined,
    stepStartedAtMilliseconds: atMilliseconds,
  };
}
