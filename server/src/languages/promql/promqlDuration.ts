const MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/** A duration of Prometheus (`5m`, `1h30m`, `90s`; a plain number counts seconds) in milliseconds. */
export function readPromqlDuration(written: unknown): number | undefined {
  if (typeof written === 'number') return Number.isFinite(written) ? written * 1000 : undefined;
  if (typeof written !== 'string') return undefined;
  const text = written.trim();
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (!/^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?$/.test(text) || text === '') return undefined;
  let milliseconds = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|[smhdwy])/g))
    milliseconds += Number(amount) * MILLISECONDS[unit!]!;
  return milliseconds;
}
