import type { Span } from '../../text/sourceText.ts';

/** One `$name` or `${name…}` in a word; offsets count from the start of the word. */
export interface VariableReference {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  /** `:-`, `-`, `:+`, `+`, `:?`, `?`, `#`, `##`, `%`, `%%`, `/`, `//`; undefined for a plain reference. */
  readonly operator: string | undefined;
  /** The text after the operator, as written. */
  readonly operand: string;
}

/** What is known of a variable. */
export type VariableValue =
  | { readonly kind: 'known'; readonly value: string }
  | { readonly kind: 'unset' }
  | { readonly kind: 'unknown' };

export interface Expansion {
  /** The word after quotes, escapes and variables; undefined when a part is not known. */
  readonly value: string | undefined;
  readonly references: readonly VariableReference[];
  /** A substitution that the builder refuses, with its offset in the word. */
  readonly problem: { readonly message: string; readonly span: Span } | undefined;
}

const NAME_START = /[A-Za-z_]/;
const NAME = /[A-Za-z0-9_]/;
const OPERATORS = [':-', ':+', ':?', '##', '%%', '//', '-', '+', '?', '#', '%', '/'];

/**
 * Replaces variables in one word by the rules of the Dockerfile reference. What is not known makes the value unknown,
 * never wrong. Patterns (`${x#…}`, `${x/…}`) are looked at only as far as their variable.
 */
export function expandVariables(
  text: string,
  escapeCharacter: string,
  lookup: (name: string) => VariableValue,
): Expansion {
  return new Expander(text, escapeCharacter, lookup).run();
}

/** The variables that a word refers to, in order, nested defaults included. */
export function variableReferences(text: string, escapeCharacter: string): readonly VariableReference[] {
  return expandVariables(text, escapeCharacter, () => ({ kind: 'unknown' })).references;
}

const DEEPEST_NESTING = 50;

class Expander {
  readonly #text: string;
  readonly #escape: string;
  readonly #lookup: (name: string) => VariableValue;
  readonly #references: VariableReference[] = [];
  #position = 0;
  #depth = 0;
  #gaveUp = false;
  #problem: Expansion['problem'];

  constructor(text: string, escapeCharacter: string, lookup: (name: string) => VariableValue) {
    this.#text = text;
    this.#escape = escapeCharacter;
    this.#lookup = lookup;
  }

  run(): Expansion {
    const value = this.#readUntil('');
    return { value: this.#problem ? undefined : value, references: this.#references, problem: this.#problem };
  }

  #readUntil(stop: string): string | undefined {
    let result: string | undefined = '';
    let quote = '';
    while (this.#position < this.#text.length) {
      const character = this.#text[this.#position]!;
      if (quote === '' && stop !== '' && character === stop) return result;
      if (quote === "'") {
        this.#position++;
        if (character === "'") quote = '';
        else result = append(result, character);
      } else if (character === this.#escape && this.#position + 1 < this.#text.length) {
        const next = this.#text[this.#position + 1]!;
        const keepsEscape = quote === '"' && next !== '"' && next !== '$' && next !== this.#escape;
        result = append(result, keepsEscape ? character + next : next);
        this.#position += 2;
      } else if (character === '$') {
        result = append(result, this.#readVariable());
      } else if (quote === '"' && character === '"') {
        quote = '';
        this.#position++;
      } else if (quote === '' && (character === '"' || character === "'")) {
        quote = character;
        this.#position++;
      } else {
        result = append(result, character);
        this.#position++;
      }
    }
    return result;
  }

  #readVariable(): string | undefined {
    const start = this.#position;
    this.#position++;
    if (this.#text[this.#position] !== '{') return this.#readPlain(start);
    this.#position++;
    const nameStart = this.#position;
    const name = this.#readName();
    if (name === '') return this.#refuse(start, 'a variable name is missing after "${"');
    const nameSpan = { start: nameStart, end: this.#position };
    if (this.#text[this.#position] === '}') {
      this.#position++;
      this.#references.push({ name, nameSpan, span: { start, end: this.#position }, operator: undefined, operand: '' });
      return this.#plainValue(name);
    }
    const operator = OPERATORS.find((candidate) => this.#text.startsWith(candidate, this.#position));
    if (operator === undefined) {
      const closed = this.#text.includes('}', this.#position);
      return this.#refuse(
        start,
        closed ? `"\${${name}" is followed by an unknown modifier` : 'a closing "}" is missing',
      );
    }
    this.#position += operator.length;
    const operandStart = this.#position;
    const index = this.#references.length;
    this.#depth++;
    if (this.#depth > DEEPEST_NESTING) return this.#giveUp();
    const operand = this.#readUntil('}');
    this.#depth--;
    if (this.#gaveUp) return undefined;
    if (this.#text[this.#position] !== '}') return this.#refuse(start, 'a closing "}" is missing');
    const written = this.#text.slice(operandStart, this.#position);
    this.#position++;
    this.#references.splice(index, 0, {
      name,
      nameSpan,
      span: { start, end: this.#position },
      operator,
      operand: written,
    });
    return this.#modified(name, operator, operand);
  }

  #readPlain(start: number): string | undefined {
    const nameStart = this.#position;
    const name = this.#readName();
    if (name === '') return '$';
    const span = { start, end: this.#position };
    const nameSpan = { start: nameStart, end: this.#position };
    this.#references.push({ name, nameSpan, span, operator: undefined, operand: '' });
    return this.#plainValue(name);
  }

  #readName(): string {
    const start = this.#position;
    const first = this.#text[start];
    if (first === undefined) return '';
    if (/[0-9]/.test(first)) {
      while (/[0-9]/.test(this.#text[this.#position] ?? '')) this.#position++;
    } else if (NAME_START.test(first)) {
      while (NAME.test(this.#text[this.#position] ?? '')) this.#position++;
    } else if ('@*#?-$!'.includes(first)) {
      this.#position++;
    }
    return this.#text.slice(start, this.#position);
  }

  /** Leaves the rest of the word unread: nobody nests this deep, and nothing is said about it. */
  #giveUp(): undefined {
    this.#position = this.#text.length;
    this.#gaveUp = true;
    return undefined;
  }

  #plainValue(name: string): string | undefined {
    const found = this.#lookup(name);
    if (found.kind === 'known') return found.value;
    return found.kind === 'unset' ? '' : undefined;
  }

  #modified(name: string, operator: string, operand: string | undefined): string | undefined {
    const found = this.#lookup(name);
    const given = operator[0] === ':' ? found.kind === 'known' && found.value !== '' : found.kind === 'known';
    switch (operator) {
      case '-':
      case ':-':
        if (found.kind === 'unknown') return undefined;
        return given && found.kind === 'known' ? found.value : operand;
      case '+':
      case ':+':
        if (found.kind === 'unknown') return undefined;
        return given ? operand : '';
      case '?':
      case ':?':
        return given && found.kind === 'known' ? found.value : undefined;
      default:
        return undefined;
    }
  }

  #refuse(start: number, message: string): undefined {
    this.#problem ??= { message, span: { start, end: this.#text.length } };
    this.#position = this.#text.length;
    return undefined;
  }
}

function append(left: string | undefined, right: string | undefined): string | undefined {
  return left === undefined || right === undefined ? undefined : left + right;
}
