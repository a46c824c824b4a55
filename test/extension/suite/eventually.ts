import { setTimeout as delay } from 'node:timers/promises';

/** Long enough for a busy machine; what works comes at once. */
const TIMEOUT_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 25;

/** What a probe may say when there is nothing yet. */
type Nothing = undefined | null | false;

/** Asks again and again until there is something, and gives that; the error at the end says what never came. */
export async function eventually<Found>(
  what: string,
  probe: () => Found | Nothing | Promise<Found | Nothing>,
): Promise<Found> {
  const deadline = Date.now() + TIMEOUT_MILLISECONDS;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== null && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Waited ${TIMEOUT_MILLISECONDS / 1000} s for ${what}.`);
    await delay(POLL_MILLISECONDS);
  }
}
