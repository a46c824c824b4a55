import { setTimeout as delay } from 'node:timers/promises';

/** Long enough for a busy machine; what works comes at once. */
export const DEFAULT_TIMEOUT_MILLISECONDS = 120_000;

const POLL_MILLISECONDS = 50;

/**
 * Looks again and again until `probe` gives something that `accept` takes, and gives that. A probe that throws is looked at
 * again too: the thing it looks at may be on its way. The error at the end says what was last seen.
 */
export async function eventually<Seen>(
  what: string,
  probe: () => Promise<Seen>,
  accept: (seen: Seen) => boolean = Boolean,
  timeoutMilliseconds: number = DEFAULT_TIMEOUT_MILLISECONDS,
): Promise<Seen> {
  const deadline = performance.now() + timeoutMilliseconds;
  let last = 'nothing';
  for (;;) {
    try {
      const seen = await probe();
      if (accept(seen)) return seen;
      last = JSON.stringify(seen) ?? 'nothing';
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    if (performance.now() > deadline) {
      throw new Error(`Waited ${timeoutMilliseconds / 1000} s for ${what}; last seen: ${last}`);
    }
    await delay(POLL_MILLISECONDS);
  }
}
