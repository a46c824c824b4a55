/** Time as the engines see it. Tests turn it by hand. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after the delay, or at once when the signal fires; the caller looks at the signal. */
  sleep(delayMilliseconds: number, signal: AbortSignal): Promise<void>;
}
