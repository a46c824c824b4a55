import { booleanOf, type HclMap, type HclValue, isList, isMap, numberOf, textOf, UNKNOWN } from './hclValue.ts';

/** What an argument is converted to, as Terraform does at a call. */
interface Converted {
  text: string;
  number: number;
  whole: number;
  boolean: boolean;
  list: readonly HclValue[];
  texts: readonly string[];
  map: HclMap;
  any: HclValue;
}

type Wanted = keyof Converted;
type Arguments<Kinds extends readonly Wanted[]> = { [Index in keyof Kinds]: Converted[Kinds[Index]] };

/** A function of a fixed number of arguments that is called only when each of them is known and of its type. */
export function fixed<const Kinds extends readonly Wanted[]>(
  kinds: Kinds,
  compute: (...values: Arguments<Kinds>) => HclValue,
): (values: readonly HclValue[]) => HclValue {
  return (values) => {
    if (values.length !== kinds.length) return UNKNOWN;
    const converted = values.map((value, index) => convert(value, kinds[index]!));
    if (converted.some((value, index) => value === UNKNOWN && kinds[index] !== 'any')) return UNKNOWN;
    return compute(...(converted as unknown as Arguments<Kinds>));
  };
}

/** A function of any number of arguments of one type. */
export function variadic<Kind extends Wanted>(
  kind: Kind,
  compute: (values: readonly Converted[Kind][]) => HclValue,
): (values: readonly HclValue[]) => HclValue {
  return (values) => {
    const converted = values.map((value) => convert(value, kind));
    return kind !== 'any' && converted.includes(UNKNOWN) ? UNKNOWN : compute(converted as Converted[Kind][]);
  };
}

function convert(value: HclValue, wanted: Wanted): unknown {
  switch (wanted) {
    case 'text':
      return textOf(value);
    case 'number':
      return numberOf(value);
    case 'whole': {
      const number = numberOf(value);
      return number !== UNKNOWN && Number.isInteger(number) ? number : UNKNOWN;
    }
    case 'boolean':
      return booleanOf(value);
    case 'list':
      return isList(value) ? value : UNKNOWN;
    case 'texts': {
      if (!isList(value)) return UNKNOWN;
      const texts = value.map(textOf);
      return texts.includes(UNKNOWN) ? UNKNOWN : texts;
    }
    case 'map':
      return isMap(value) ? value : UNKNOWN;
    case 'any':
      return value;
  }
}
