import { fixed } from './functionArguments.ts';
import {
  booleanOf,
  type HclValue,
  isList,
  isMap,
  isWhollyKnown,
  numberOf,
  sortedEntries,
  textOf,
  UNKNOWN,
} from './hclValue.ts';

/** Terraform's type conversions and its JSON functions. */
export const conversionFunctions = {
  jsondecode: fixed(['text'], (text) => {
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      return UNKNOWN;
    }
    return fromJson(parsed);
  }),
  jsonencode: fixed(['any'], (value) => (isWhollyKnown(value) ? toJson(value) : UNKNOWN)),
  nonsensitive: fixed(['any'], (value) => value),
  sensitive: fixed(['any'], (value) => value),
  tobool: fixed(['any'], (value) => (value === null ? null : booleanOf(value))),
  tolist: fixed(['list'], (list) => ofOneType(list)),
  tomap: fixed(['map'], (map) => (ofOneType([...map.values()]) === UNKNOWN ? UNKNOWN : map)),
  tonumber: fixed(['any'], (value) => (value === null ? null : numberOf(value))),
  tostring: fixed(['any'], (value) => (value === null ? null : textOf(value))),
};

/** Items of several types would be converted; that is left unknown. */
function ofOneType(list: readonly HclValue[]): HclValue {
  return new Set(list.filter((item) => item !== null).map((item) => typeof item)).size > 1 ? UNKNOWN : list;
}

function fromJson(value: unknown): HclValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) || String(value).length < 15 ? value : UNKNOWN;
  if (Array.isArray(value)) return value.map(fromJson);
  return new Map(Object.entries(value as object).map(([key, item]) => [key, fromJson(item)]));
}

/** JSON as Terraform writes it: keys in order, and the characters that HTML gives a meaning escaped. */
function toJson(value: HclValue): string {
  if (isList(value)) return `[${value.map(toJson).join(',')}]`;
  if (isMap(value))
    return `{${sortedEntries(value)
      .map(([key, item]) => `${quote(key)}:${toJson(item)}`)
      .join(',')}}`;
  return typeof value === 'string' ? quote(value) : String(value);
}

function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
