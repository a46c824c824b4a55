const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * Reads a time as Spring Boot does: a number of milliseconds, a number with a unit (`500ms`, `2s`), or ISO 8601 (`PT1.5S`).
 * In milliseconds; undefined for what is none.
 */
export function readSpringDuration(text: string): number | undefined {
  const simple = /^([+-]?\d+)(ns|us|ms|s|m|h|d)?$/i.exec(text.trim());
  if (simple) return Number(simple[1]) * UNITS[(simple[2] ?? 'ms').toLowerCase()]!;
  const iso = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i.exec(text.trim());
  if (!iso || /^PT?$/i.test(text.trim())) return undefined;
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] = iso;
  return (
    Number(days) * UNITS['d']! + Number(hours) * UNITS['h']! + Number(minutes) * UNITS['m']! + Number(seconds) * 1000
  );
}
