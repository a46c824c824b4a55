import type { CancellationToken } from 'vscode-languageserver/node';
import { cancelledAnswer } from './faults.ts';

/** How long a long answer may keep other requests waiting. */
const SLICE_MILLISECONDS = 15;

/** Divides a long computation into slices, between which the server answers what is asked meanwhile. */
export class TimeSlice {
  readonly #token: CancellationToken | undefined;
  #start = performance.now();

  constructor(token?: CancellationToken) {
    this.#token = token;
  }

  /** Whether it is time to rest. */
  get isOver(): boolean {
    return performance.now() - this.#start >= SLICE_MILLISECONDS;
  }

  /** Lets others have their turn when it is time; throws when the answer is no longer wanted. */
  async rest(): Promise<void> {
    if (!this.isOver) return;
    await new Promise(setImmediate);
    if (this.#token?.isCancellationRequested) throw cancelledAnswer();
    this.#start = performance.now();
  }
}
