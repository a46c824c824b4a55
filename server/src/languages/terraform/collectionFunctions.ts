import { fixed, variadic } from './functionArguments.ts';
import {
  booleanOf,
  compareText,
  exact,
  type HclValue,
  isList,
  isMap,
  isWhollyKnown,
  numberOf,
  sortedEntries,
  textOf,
  UNKNOWN,
} from './hclValue.ts';

/** More items than this are not computed. */
const MOST_ITEMS = 4096;

/** Terraform's collection functions whose result is certain. Sets are lists in their order here. */
export const collectionFunctions = {
  alltrue: fixed(['list'], (list) => quantify(list, false)),
  anytrue: fixed(['list'], (list) => quantify(list, true)),
  chunklist: fixed(['list', 'whole'], (list, size) => {
    if (size < 1) return size === 0 ? [list] : UNKNOWN;
    const chunks: HclValue[] = [];
    for (let start = 0; start < list.length; start += size) chunks.push(list.slice(start, start + size));
    return chunks;
  }),
  coalesce: variadic('any', (values) => {
    const types = new Set(values.filter((value) => value !== null).map((value) => typeof value));
    const found = values.find((value) => value !== null && value !== '');
    return types.size > 1 || found === undefined || values.indexOf(UNKNOWN) >= 0 ? UNKNOWN : found;
  }),
  coalescelist: variadic('list', (lists) => lists.find((list) => list.length > 0) ?? UNKNOWN),
  compact: fixed(['list'], (list) => {
    if (!list.every((item) => item === null || textOf(item) !== UNKNOWN)) return UNKNOWN;
    return list.filter((item) => item !== null && item !== '').map(textOf);
  }),
  concat: variadic('list', (lists) => lists.flat()),
  contains: fixed(['list', 'any'], (list, wanted) => {
    if (!isPrimitive(wanted) || !list.every(isPrimitive)) return UNKNOWN;
    return new Set([...list, wanted].map((item) => typeof item)).size > 1 ? UNKNOWN : list.includes(wanted);
  }),
  distinct: fixed(['list'], (list) => (isUniform(list) ? [...new Set(list)] : UNKNOWN)),
  element: fixed(['list', 'whole'], (list, index) =>
    list.length === 0 ? UNKNOWN : list[((index % list.length) + list.length) % list.length]!,
  ),
  flatten: fixed(['list'], (list) => flatten(list)),
  index: fixed(['list', 'any'], (list, wanted) => {
    const index = isUniform([...list, wanted]) ? list.indexOf(wanted) : -1;
    return index < 0 ? UNKNOWN : index;
  }),
  keys: fixed(['map'], (map) => sortedEntries(map).map(([key]) => key)),
  length: fixed(['any'], (value) => {
    if (isList(value)) return value.length;
    if (isMap(value)) return value.size;
    return typeof value === 'string' && /^[\x20-\x7e]*$/.test(value) ? value.length : UNKNOWN;
  }),
  lookup: (values: readonly HclValue[]): HclValue => {
    const [map, key, fallback] = values;
    const name = textOf(key ?? UNKNOWN);
    if (map === undefined || !isMap(map) || name === UNKNOWN) return UNKNOWN;
    return map.get(name) ?? fallback ?? UNKNOWN;
  },
  merge: variadic('any', (maps) => {
    const merged = new Map<string, HclValue>();
    for (const map of maps) {
      if (map === null) continue;
      if (!isMap(map)) return UNKNOWN;
      for (const [key, value] of map) merged.set(key, value);
    }
    return merged;
  }),
  one: fixed(['list'], (list) => (list.length > 1 ? UNKNOWN : (list[0] ?? null))),
  range: variadic('number', (numbers) => range(numbers)),
  reverse: fixed(['list'], (list) => [...list].reverse()),
  setintersection: variadic('list', (sets) =>
    sets.every(isUniform) ? toSet((sets[0] ?? []).filter((item) => sets.every((set) => set.includes(item)))) : UNKNOWN,
  ),
  setproduct: variadic('list', (lists) => {
    if (lists.length < 2 || lists.reduce((count, list) => count * list.length, 1) > MOST_ITEMS) return UNKNOWN;
    if (!isUniform(lists.flat())) return UNKNOWN;
    return lists.reduce<HclValue[][]>((rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])), [[]]);
  }),
  setsubtract: fixed(['list', 'list'], (a, b) =>
    isUniform([...a, ...b]) ? toSet(a.filter((item) => !b.includes(item))) : UNKNOWN,
  ),
  setunion: variadic('list', (sets) => toSet(sets.flat())),
  slice: fixed(['list', 'whole', 'whole'], (list, start, end) =>
    start < 0 || end > list.length || start > end ? UNKNOWN : list.slice(start, end),
  ),
  sort: fixed(['texts'], (texts) => [...texts].sort(compareText)),
  sum: fixed(['list'], (list) => {
    let sum: HclValue = list.length === 0 ? UNKNOWN : 0;
    for (const item of list) {
      const number = numberOf(item);
      sum = sum === UNKNOWN || number === UNKNOWN ? UNKNOWN : exact(sum + number);
    }
    return sum;
  }),
  toset: fixed(['list'], (list) => toSet(list)),
  transpose: fixed(['map'], (map) => {
    const transposed = new Map<string, string[]>();
    for (const [key, list] of sortedEntries(map)) {
      if (!isList(list)) return UNKNOWN;
      for (const item of list) {
        const text = textOf(item);
        if (text === UNKNOWN) return UNKNOWN;
        transposed.set(text, [...(transposed.get(text) ?? []), key]);
      }
    }
    return transposed;
  }),
  values: fixed(['map'], (map) => sortedEntries(map).map(([, value]) => value)),
  zipmap: fixed(['texts', 'list'], (keys, list) =>
    keys.length === list.length ? new Map(keys.map((key, index) => [key, list[index]!])) : UNKNOWN,
  ),
};

/** `decisive` is the value that settles the question; nothing else may be unknown. */
function quantify(list: readonly HclValue[], decisive: boolean): HclValue {
  const values = list.map(booleanOf);
  if (values.includes(decisive)) return decisive;
  return values.includes(UNKNOWN) ? UNKNOWN : !decisive;
}

function isPrimitive(value: HclValue): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Primitives of one type: they can be compared without knowing what Terraform converts them to. */
function isUniform(list: readonly HclValue[]): boolean {
  return list.every(isPrimitive) && new Set(list.map((item) => typeof item)).size < 2;
}

/** Terraform orders sets of strings by their text and sets of numbers by their value. */
function toSet(list: readonly HclValue[]): HclValue {
  if (!isUniform(list)) return UNKNOWN;
  const unique = [...new Set(list)];
  return unique.sort((a, b) => (typeof a === 'number' ? a - (b as number) : compareText(String(a), String(b))));
}

function flatten(list: readonly HclValue[]): HclValue {
  const flat: HclValue[] = [];
  for (const item of list) {
    if (item === UNKNOWN) return UNKNOWN;
    if (!isList(item)) flat.push(item);
    else {
      const inner = flatten(item);
      if (!isList(inner)) return UNKNOWN;
      flat.push(...inner);
    }
  }
  return flat;
}

function range(numbers: readonly number[]): HclValue {
  if (numbers.length < 1 || numbers.length > 3 || !isWhollyKnown(numbers)) return UNKNOWN;
  const [start, limit] = numbers.length === 1 ? [0, numbers[0]!] : [numbers[0]!, numbers[1]!];
  const step = numbers[2] ?? (limit < start ? -1 : 1);
  if (step === 0 || Math.sign(limit - start) === -Math.sign(step)) return limit === start && step !== 0 ? [] : UNKNOWN;
  if (Math.abs((limit - start) / step) > 1024 || !numbers.every(Number.isInteger)) return UNKNOWN;
  const list: number[] = [];
  for (let value = start; step > 0 ? value < limit : value > limit; value += step) list.push(value);
  return list;
}
