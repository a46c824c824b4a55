const BINARY: Readonly<Record<string, number>> = {
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};
const DECIMAL: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
};
const QUANTITY = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([KMGTPE]i)|([numkMGTPE])|[eE]([+-]?\d+))?$/;

/** A quantity as a number, e.g. 0.5 for `500m`; undefined for what is none. */
export function quantityValue(text: string): number | undefined {
  const parts = QUANTITY.exec(text);
  if (!parts) return undefined;
  const [, number, binary, decimal, exponent] = parts;
  const factor = binary ? BINARY[binary]! : decimal ? DECIMAL[decimal]! : exponent ? 10 ** Number(exponent) : 1;
  return Number(number) * factor;
}

/** A quantity in words, by what it measures: CPU in cores, everything else that is large enough in bytes. */
export function quantityInWords(text: string, field: string): string | undefined {
  const value = quantityValue(text);
  if (value === undefined) return undefined;
  if (/cpu/i.test(field)) return `${round(value)} CPU ${value === 1 ? 'core' : 'cores'}`;
  if (!/memory|storage|size|limit|request|hugepages/i.test(field) || !/[A-Za-z]/.test(text)) {
    return String(value) === text ? undefined : grouped(value);
  }
  const unit = ['Ei', 'Pi', 'Ti', 'Gi', 'Mi', 'Ki'].find((name) => value >= BINARY[name]!);
  const inBinary = unit && !text.endsWith(unit) ? `${round(value / BINARY[unit]!)} ${unit}B, ` : '';
  return `${inBinary}${grouped(value)} bytes`;
}

const UNITS: readonly (readonly [string, number])[] = [
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];
const SECONDS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** A duration such as `1h30m` in seconds; undefined for what is none. Days, weeks and years as Prometheus writes them. */
export function durationSeconds(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|[smhdwy]))+$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|[smhdwy])/g)) {
    seconds += Number(number) * SECONDS[unit!]!;
  }
  return seconds;
}

/** Seconds in the words that people use: `1 hour 30 minutes`, `250 milliseconds`. */
export function secondsInWords(seconds: number): string {
  if (seconds === 0) return '0 seconds';
  if (seconds < 1) return plural(round(seconds * 1000), 'millisecond');
  const words: string[] = [];
  let rest = seconds;
  for (const [name, size] of UNITS) {
    const count = name === 'second' ? round(rest) : Math.floor(rest / size);
    if (count > 0) words.push(plural(count, name));
    rest -= count * size;
  }
  return words.join(' ');
}

function plural(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}

function grouped(value: number): string {
  if (!Number.isInteger(value)) return String(round(value));
  return value.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}
