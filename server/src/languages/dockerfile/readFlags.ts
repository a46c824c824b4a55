import type { DockerfileFlag, FlagOption } from './dockerfileFile.ts';
import type { LogicalText } from './logicalText.ts';
import { isBlank } from './splitWords.ts';

export interface FlagsReading {
  readonly flags: readonly DockerfileFlag[];
  /** Where the arguments begin. */
  readonly end: number;
}

/** Reads the `--flag` words that stand before the arguments, from `start` on. A lone `--` ends them. */
export function readFlags(head: LogicalText, start: number, escapeCharacter: string): FlagsReading {
  const flags: DockerfileFlag[] = [];
  const { text } = head;
  let position = start;
  for (;;) {
    while (isBlank(text[position])) position++;
    if (text[position] !== '-' || text[position + 1] !== '-') return { flags, end: position };
    const wordStart = position;
    let quote = '';
    let value = '';
    /** Offset in the head of each character of `value`, so that quoted values keep their places. */
    const places: number[] = [];
    while (position < text.length && (quote !== '' || !isBlank(text[position]))) {
      const character = text[position]!;
      if (quote === '' && (character === '"' || character === "'")) quote = character;
      else if (quote !== '' && character === quote) quote = '';
      else {
        if (character === escapeCharacter && position + 1 < text.length) position++;
        value += text[position]!;
        places.push(position);
      }
      position++;
    }
    if (value === '--') return { flags, end: position };
    flags.push(flagOf(head, wordStart, position, value, places));
  }
}

function flagOf(
  head: LogicalText,
  start: number,
  end: number,
  written: string,
  places: readonly number[],
): DockerfileFlag {
  const equals = written.indexOf('=');
  const name = written.slice(2, equals < 0 ? undefined : equals);
  const nameEnd = equals < 0 ? end : places[equals]!;
  const value = equals < 0 ? undefined : written.slice(equals + 1);
  const hasOptions = (name === 'mount' || name === 'device') && value !== undefined;
  return {
    name,
    nameSpan: head.span(start, nameEnd),
    value,
    valueSpan: equals < 0 ? undefined : head.span(nameEnd + 1, end),
    span: head.span(start, end),
    options: hasOptions ? optionsOf(head, value, places.slice(equals + 1)) : [],
  };
}

/** Cuts `type=cache,target=/x` at its commas; a field in double quotes may hold a comma. */
function optionsOf(head: LogicalText, value: string, places: readonly number[]): FlagOption[] {
  const options: FlagOption[] = [];
  let fieldStart = 0;
  let quoted = false;
  for (let index = 0; index <= value.length; index++) {
    if (value[index] === '"') quoted = !quoted;
    if (index < value.length && (value[index] !== ',' || quoted)) continue;
    if (index > fieldStart)
      options.push(optionOf(head, value.slice(fieldStart, index), places.slice(fieldStart, index)));
    fieldStart = index + 1;
  }
  return options;
}

function optionOf(head: LogicalText, field: string, places: readonly number[]): FlagOption {
  const at = (from: number, to: number) =>
    from < to ? head.span(places[from]!, places[to - 1]! + 1) : head.span(places[from - 1]! + 1, places[from - 1]! + 1);
  const equals = field.indexOf('=');
  if (equals < 0) {
    const span = at(0, field.length);
    return { key: field.toLowerCase(), keySpan: span, value: undefined, valueSpan: undefined, span };
  }
  return {
    key: field.slice(0, equals).toLowerCase(),
    keySpan: equals === 0 ? at(0, 1) : at(0, equals),
    value: field.slice(equals + 1),
    valueSpan: at(equals + 1, field.length),
    span: at(0, field.length),
  };
}
