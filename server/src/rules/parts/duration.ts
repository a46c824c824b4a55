const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Reads a Go duration (`1m30s`, `500ms`, `0s`) as milliseconds; undefined for what is no duration. */
export function readDuration(written: unknown): number | undefined {
  if (typeof written !== 'string' || !/^(?:\d+\.?\d*(?:ns|us|µs|ms|s|m|h))+$/.test(written))
    return written === '0' ? 0 : undefined;
  let milliseconds = 0;
  for (const [, amount, unit] of written.matchAll(/(\d+\.?\d*)(ns|us|µs|ms|s|m|h)/g))
    milliseconds += Number(amount) * UNITS[unit!]!;
  return milliseconds;
}

/** Milliseconds as a person writes them: `250 ms`, `2 s`, `1.5 s`, `3 min`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Number(milliseconds.toFixed(3))} ms`;
  if (milliseconds < 120_000) return `${Number((milliseconds / 1000).toFixed(2))} s`;
  return `${Number((milliseconds / 60_000).toFixed(2))} min`;
}
