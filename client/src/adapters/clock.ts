import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../cluster/clock.ts';

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(delayMilliseconds, signal) {
    try {
      await delay(delayMilliseconds, undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  },
};
