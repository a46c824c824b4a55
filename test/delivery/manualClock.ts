import type { Clock } from '../../client/src/cluster/clock.ts';

/** A clock that stands still until it is turned. Sleepers wake in the order of their times. */
export class ManualClock implements Clock {
  #now = Date.parse('2026-01-01T00:00:00Z');
  #sleepers: { wakeAt: number; wake: () => void }[] = [];
  /** All delays that were asked for, in order. */
  readonly delays: number[] = [];

  now(): number {
    return this.#now;
  }

  sleep(delayMilliseconds: number, signal: AbortSignal): Promise<void> {
    this.delays.push(delayMilliseconds);
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#sleepers.push({ wakeAt: this.#now + delayMilliseconds, wake });
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  /** Turns the clock on, waking whoever is due, and lets them do what they do before it goes on. */
  async turn(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await settle();
    for (;;) {
      const due = this.#sleepers.filter(({ wakeAt }) => wakeAt <= end).sort((a, b) => a.wakeAt - b.wakeAt)[0];
      if (!due) break;
      this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== due);
      this.#now = Math.max(this.#now, due.wakeAt);
      due.wake();
      await settle();
    }
    this.#now = end;
  }
}

/** Lets all that is ready run, several turns of the event loop deep. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
