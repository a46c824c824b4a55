import type { Clock } from '../../cluster/clock.ts';
import { Failure } from '../../cluster/failure.ts';
import { afterCanaryInput, type CanaryInput, type CanaryState, isOver } from './canaryState.ts';
import type { AnalysisVerdict } from './versionAnalysis.ts';

/** The routes of a canary, wherever they are written. */
export interface CanaryRoutes {
  /** The canary's share now; undefined where routes disagree. Throws a `Failure`. */
  read(signal: AbortSignal): Promise<number | undefined>;
  /** Gives the canary a share, on all routes together or on none. Throws a `Failure`. */
  write(percent: number, signal: AbortSignal): Promise<void>;
}

/** What a canary is run with. */
export interface CanaryParts {
  readonly routes: CanaryRoutes;
  /** Compares the versions. Throws a `Failure`, which counts as unknown. */
  analyse(signal: AbortSignal): Promise<AnalysisVerdict>;
  readonly clock: Clock;
  readonly lookIntervalMilliseconds: number;
  /** Called with every state, before what is pending is written: it is kept over a reload and shown. */
  keep(state: CanaryState): void;
}

/** Inputs of a person, which a run takes in between its looks. */
export type CanaryWish = Extract<CanaryInput, { type: 'promote' | 'pause' | 'abort' | 'resume' }>;

/** A canary that goes on by itself until it is done, aborted or left. Leaving changes nothing. */
export class CanaryRun {
  readonly #parts: CanaryParts;
  readonly #wishes: CanaryWish[] = [];
  #wake = (): void => {};
  #state: CanaryState;

  constructor(parts: CanaryParts, state: CanaryState) {
    this.#parts = parts;
    this.#state = state;
  }

  get state(): CanaryState {
    return this.#state;
  }

  /** What a person wants; taken in at once, also in the middle of a step. */
  wish(wish: CanaryWish): void {
    this.#wishes.push(wish);
    this.#wake();
  }

  /** Resolves with the last state when the canary is over or the signal fires. */
  async run(signal: AbortSignal): Promise<CanaryState> {
    const { clock, keep, lookIntervalMilliseconds } = this.#parts;
    keep(this.#state);
    while (!signal.aborted && !isOver(this.#state)) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      for (const wish of this.#wishes.splice(0)) this.#take(wish);
      await this.#writePending(signal);
      if (isOver(this.#state) || signal.aborted) break;
      await this.#look(signal);
      await this.#writePending(signal);
      if (isOver(this.#state) || this.#wishes.length > 0) continue;
      const stopSleeping = new AbortController();
      await Promise.race([
        woken,
        clock.sleep(lookIntervalMilliseconds, AbortSignal.any([signal, stopSleeping.signal])),
      ]);
      stopSleeping.abort();
    }
    return this.#state;
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { analyse, clock, routes } = this.#parts;
    let observed: number | undefined;
    let verdict: AnalysisVerdict;
    try {
      observed = await routes.read(signal);
    } catch (error) {
      // What cannot be read is not acted on; the next look may succeed.
      this.#take({
        type: 'looked',
        atMilliseconds: clock.now(),
        observed: this.#state.percent,
        verdict: unknownBy(error),
      });
      return;
    }
    try {
      verdict = await analyse(signal);
    } catch (error) {
      verdict = unknownBy(error);
    }
    if (!signal.aborted) this.#take({ type: 'looked', atMilliseconds: clock.now(), observed, verdict });
  }

  async #writePending(signal: AbortSignal): Promise<void> {
    const { pending } = this.#state;
    if (pending === undefined || signal.aborted) return;
    const { clock, routes } = this.#parts;
    try {
      await routes.write(pending, signal);
      this.#take({ type: 'written', percent: pending, atMilliseconds: clock.now() });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.kind === 'cancelled') return;
      this.#take({ type: 'write-failed', reason: error.message });
    }
  }

  #take(input: CanaryInput): void {
    const next = afterCanaryInput(this.#state, input);
    if (next === this.#state) return;
    this.#state = next;
    this.#parts.keep(next);
  }
}

function unknownBy(error: unknown): AnalysisVerdict {
  if (!(error instanceof Failure)) throw error;
  return { result: 'unknown', reason: error.message };
}
