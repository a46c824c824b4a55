import { Failure } from './failure.ts';

/** The failure that stands for a cancelled wait or request. */
export function cancelled(): Failure {
  return new Failure('cancelled', 'Cancelled.');
}

/** Throws the `cancelled` failure when the signal has fired: called between any two steps that change the world. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled();
}
