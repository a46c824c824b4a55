import type { Scalar, SourceNode } from '../../../text/sourceNode.ts';

type Value = Exclude<Scalar, null>;

/** What the value of an argument must be. */
export type Wanted =
  | Value
  /** One of these. */
  | readonly Value[]
  | { readonly not: readonly Value[] }
  | { readonly atLeast: number }
  | { readonly atMost: number }
  /** A list with all of these items. */
  | { readonly includes: readonly string[] }
  /** A list with none of these items. */
  | { readonly excludes: readonly string[] }
  | { readonly matches: RegExp; readonly good: string; readonly bad: string }
  /** Anything but nothing, or nothing at all. */
  | { readonly set: boolean };

/** What can be said of a value; undefined where it is not certain. */
export function fits(value: SourceNode, wanted: Wanted): boolean | undefined {
  if (typeof wanted !== 'object') return scalarFits(value, (text) => text === String(wanted));
  if (isValues(wanted)) return scalarFits(value, (text) => wanted.some((one) => text === String(one)));
  if ('not' in wanted) return scalarFits(value, (text) => !wanted.not.some((one) => text === String(one)));
  if ('matches' in wanted) return scalarFits(value, (text) => wanted.matches.test(text));
  if ('atLeast' in wanted) return numberFits(value, (number) => number >= wanted.atLeast);
  if ('atMost' in wanted) return numberFits(value, (number) => number <= wanted.atMost);
  if ('includes' in wanted) {
    const items = itemsOf(value);
    if (!items) return undefined;
    if (wanted.includes.every((item) => items.known.includes(item))) return true;
    return items.isComplete ? false : undefined;
  }
  if ('excludes' in wanted) {
    const items = itemsOf(value);
    if (!items) return undefined;
    if (wanted.excludes.some((item) => items.known.includes(item))) return false;
    return items.isComplete ? true : undefined;
  }
  return isSet(value, wanted.set);
}

function isValues(wanted: Wanted & object): wanted is readonly Value[] {
  return Array.isArray(wanted);
}

function scalarFits(value: SourceNode, test: (text: string) => boolean): boolean | undefined {
  const { scalar } = value;
  return scalar === undefined || scalar === null ? undefined : test(String(scalar));
}

function numberFits(value: SourceNode, test: (number: number) => boolean): boolean | undefined {
  const { scalar } = value;
  if (typeof scalar !== 'number' && typeof scalar !== 'string') return undefined;
  const number = Number(scalar);
  return scalar === '' || Number.isNaN(number) ? undefined : test(number);
}

function itemsOf(value: SourceNode): { known: readonly string[]; isComplete: boolean } | undefined {
  if (value.kind !== 'list') return undefined;
  const known = value.items.flatMap(({ scalar }) => (scalar === undefined || scalar === null ? [] : String(scalar)));
  return { known, isComplete: !value.open && known.length === value.items.length };
}

function isSet(value: SourceNode, wanted: boolean): boolean | undefined {
  if (value.kind === 'list') {
    if (value.items.length > 0) return value.open && !wanted ? undefined : wanted;
    return value.open ? undefined : !wanted;
  }
  if (value.kind === 'unknown') return wanted ? true : undefined;
  return value.scalar === '' ? !wanted : wanted;
}
