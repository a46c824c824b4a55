import type { ShellWord } from './shellScript.ts';

/** One option of a command: `-y`, `--target=x`, or one letter of `-qqy`. */
export interface CommandOption {
  /** With its dashes. */
  readonly name: string;
  /** Undefined when the option takes none, or when an expansion decides it. */
  readonly value: string | undefined;
  readonly word: ShellWord;
}

export interface CommandArguments {
  readonly options: readonly CommandOption[];
  /** What is no option, in order. */
  readonly operands: readonly ShellWord[];
  /** A word that an expansion decides may be an option, or several words. */
  readonly open: boolean;
}

export interface ArgumentStyle {
  /** Options that take the next word as their value, with their dashes. */
  readonly valued?: ReadonlySet<string>;
  /** `-ldflags` is one option, not a row of letters. */
  readonly longWithOneDash?: boolean;
}

/** Sorts the words of a command into options and operands. */
export function readArguments(words: readonly ShellWord[], style: ArgumentStyle = {}): CommandArguments {
  const options: CommandOption[] = [];
  const operands: ShellWord[] = [];
  let open = false;
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    const { text } = word;
    if (text === undefined) {
      if (word.prefix === '') open = true;
      if (word.prefix.startsWith('-')) options.push({ ...nameAndValue(word.prefix), value: undefined, word });
      else operands.push(word);
      continue;
    }
    if (text === '--') {
      operands.push(...words.slice(index + 1));
      break;
    }
    if (!text.startsWith('-') || text === '-') {
      operands.push(word);
      continue;
    }
    const isRow = !text.startsWith('--') && !style.longWithOneDash && text.length > 2 && text[2] !== '=';
    if (!isRow) {
      const { name, value } = nameAndValue(text);
      const next = value === undefined && style.valued?.has(name) ? words[++index] : undefined;
      options.push({ name, value: value ?? next?.text, word });
      continue;
    }
    for (let letter = 1; letter < text.length; letter++) {
      const name = `-${text[letter]}`;
      if (!style.valued?.has(name)) {
        options.push({ name, value: undefined, word });
        continue;
      }
      const rest = text.slice(letter + 1);
      const value = rest === '' ? words[++index]?.text : rest;
      options.push({ name, value, word });
      break;
    }
  }
  return { options, operands, open };
}

export function hasOption(read: CommandArguments, ...names: readonly string[]): boolean {
  return read.options.some((option) => names.includes(option.name));
}

/** The option is given, and no `=false` or `=0` behind it takes it back. */
export function isSwitchedOn(read: CommandArguments, ...names: readonly string[]): boolean {
  return read.options.some(({ name, value }) => names.includes(name) && !/^(?:0|false|no|off)$/i.test(value ?? ''));
}

function nameAndValue(text: string): { name: string; value: string | undefined } {
  const equals = text.indexOf('=');
  return equals < 0 ? { name: text, value: undefined } : { name: text.slice(0, equals), value: text.slice(equals + 1) };
}
