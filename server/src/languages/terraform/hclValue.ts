/** What cannot be known from the files alone. Nothing may be concluded from it. */
export const UNKNOWN: unique symbol = Symbol('unknown');

/** A value of an expression. Collections may hold unknown parts; objects and maps keep the order of their keys. */
export type HclValue = KnownHclValue | typeof UNKNOWN;
export type KnownHclValue = string | number | boolean | null | readonly HclValue[] | HclMap;
export type HclMap = ReadonlyMap<string, HclValue>;

/** Numbers as Terraform computes them; beyond these it is more exact than JavaScript. */
const MOST_DIGITS = 15;

/** Terraform's conversion to string; unknown for null, collections and numbers whose spelling may differ. */
export function textOf(value: HclValue): string | typeof UNKNOWN {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'number') return UNKNOWN;
  const text = String(value);
  return Number.isSafeInteger(value) || /^-?\d+\.\d+$/.test(text) ? text : UNKNOWN;
}

/** Terraform's conversion to number; unknown where it would fail. */
export function numberOf(value: HclValue): number | typeof UNKNOWN {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value)) return UNKNOWN;
  return exact(Number(value));
}

/** Terraform's conversion to bool; unknown where it would fail. */
export function booleanOf(value: HclValue): boolean | typeof UNKNOWN {
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  return value === 'false' ? false : UNKNOWN;
}

/** A computed number, when JavaScript's arithmetic certainly gives what Terraform's exact arithmetic gives. */
export function exact(value: number): number | typeof UNKNOWN {
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  if (!Number.isFinite(value)) return UNKNOWN;
  const rounded = Number(value.toPrecision(MOST_DIGITS));
  if (Number.isInteger(rounded) && !Number.isSafeInteger(rounded)) return UNKNOWN;
  // A long fraction may be a rounded one: a third, for example.
  return String(rounded).length <= MOST_DIGITS - 2 ? rounded : UNKNOWN;
}

export function isList(value: HclValue): value is readonly HclValue[] {
  return Array.isArray(value);
}

export function isMap(value: HclValue): value is HclMap {
  return value instanceof Map;
}

/** Neither the value nor a part of it is unknown. */
export function isWhollyKnown(value: HclValue): value is KnownHclValue {
  if (value === UNKNOWN) return false;
  if (isList(value)) return value.every(isWhollyKnown);
  if (isMap(value)) return [...value.values()].every(isWhollyKnown);
  return true;
}

/** The order in which Terraform goes through the keys of a map and the items of a set of strings. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The entries of a map in Terraform's order. */
export function sortedEntries(map: HclMap): (readonly [string, HclValue])[] {
  return [...map].sort(([a], [b]) => compareText(a, b));
}
