/** How often the time is looked at. */
const lookMilliseconds = 5_000;

/** A look that comes later than this by more than its turn was kept by a machine that slept, not by a busy one. */
const lateMilliseconds = 15_000;

const listeners = new Set<() => void>();
let timer: NodeJS.Timeout | undefined;

/**
 * Calls the listener when this machine wakes up: connections that were open before are dead by then, and nobody says so
 * for minutes. Returns how to stop. The clock is only looked at while somebody listens.
 */
export function onWakeUp(listener: () => void): () => void {
  listeners.add(listener);
  if (!timer) {
    let lookedAt = Date.now();
    timer = setInterval(() => {
      const isLate = Date.now() - lookedAt > lookMilliseconds + lateMilliseconds;
      lookedAt = Date.now();
      if (isLate) for (const wake of [...listeners]) wake();
    }, lookMilliseconds);
    timer.unref();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
