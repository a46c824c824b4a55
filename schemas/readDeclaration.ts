/** A type in a declaration file, as far as schemas need it. */
export type DeclaredType =
  | { readonly kind: 'object'; readonly members: readonly DeclaredMember[]; readonly values?: DeclaredType }
  | { readonly kind: 'array'; readonly items: DeclaredType }
  | { readonly kind: 'union'; readonly of: readonly DeclaredType[] }
  | { readonly kind: 'intersection'; readonly of: readonly DeclaredType[] }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'name'; readonly name: string };

export interface DeclaredMember {
  readonly name: string;
  readonly optional: boolean;
  /** The doc comment in Markdown, without comment marks; empty when there is none. */
  readonly text: string;
  readonly type: DeclaredType;
}

/** One `interface` or `type` of a declaration file. */
export interface Declaration {
  readonly name: string;
  readonly text: string;
  /** Names of the interfaces that it extends. */
  readonly extends: readonly string[];
  readonly type: DeclaredType;
}

/**
 * Reads the exported interfaces and types of one of the packages' declaration files; classes are skipped, they repeat
 * the interfaces.
 *
 * @throws Error with the offset, where the file uses TypeScript that these files have not used before.
 */
export function readDeclarations(source: string): Declaration[] {
  const declarations: Declaration[] = [];
  const reader = new Reader(source);
  const start = /^export (interface|type) (\w+)/gm;
  for (const match of source.matchAll(start)) {
    reader.offset = match.index + match[0].length;
    const text = commentBefore(source, match.index);
    const bases: string[] = [];
    if (match[1] === 'interface') {
      if (reader.take('extends')) {
        do bases.push(reader.word());
        while (reader.take(','));
      }
    } else {
      reader.expect('=');
    }
    declarations.push({ name: match[2]!, text, extends: bases, type: reader.type() });
  }
  return declarations;
}

const COMMENT = /\/\*\*[\s\S]*?\*\//y;
const SPACE = /\s*/y;
const WORD = /[\w$.]+/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const NUMBER = /-?\d+(?:\.\d+)?/y;

class Reader {
  readonly #source: string;
  offset = 0;

  constructor(source: string) {
    this.#source = source;
  }

  type(): DeclaredType {
    const of: DeclaredType[] = [];
    this.take('|');
    do of.push(this.#intersection());
    while (this.take('|'));
    return of.length === 1 ? of[0]! : { kind: 'union', of };
  }

  #intersection(): DeclaredType {
    const of: DeclaredType[] = [];
    do of.push(this.#single());
    while (this.take('&'));
    return of.length === 1 ? of[0]! : { kind: 'intersection', of };
  }

  #single(): DeclaredType {
    let type: DeclaredType;
    if (this.take('{')) {
      type = this.#members();
    } else if (this.take('(')) {
      type = this.type();
      this.expect(')');
    } else {
      const text = this.#match(STRING);
      const number = text === undefined ? this.#match(NUMBER) : undefined;
      if (text !== undefined) type = { kind: 'literal', value: JSON.parse(text) };
      else if (number !== undefined) type = { kind: 'literal', value: Number(number) };
      else type = this.#named();
    }
    while (this.take('[]')) type = { kind: 'array', items: type };
    return type;
  }

  #named(): DeclaredType {
    const name = this.word();
    if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
    if (!this.take('<')) return { kind: 'name', name };
    const first = this.type();
    while (this.take(',')) this.type();
    this.expect('>');
    if (name === 'Array') return { kind: 'array', items: first };
    // `Exclude<Form, OtherForms>` says that only one form may be used; the form is what carries the texts.
    return name === 'Exclude' ? first : this.#fail('Array or Exclude');
  }

  #members(): DeclaredType {
    const members: DeclaredMember[] = [];
    let values: DeclaredType | undefined;
    for (;;) {
      const comment = this.#match(COMMENT);
      if (this.take('}')) break;
      if (this.take('[')) {
        this.word();
        this.expect(':');
        this.word();
        this.expect(']');
        this.expect(':');
        values = this.type();
      } else {
        const name = this.#match(STRING);
        const text = comment === undefined ? '' : markdownOf(comment);
        const key = name === undefined ? this.word() : String(JSON.parse(name));
        const optional = this.take('?');
        this.expect(':');
        members.push({ name: key, optional, text, type: this.type() });
      }
      this.expect(';');
    }
    return values ? { kind: 'object', members, values } : { kind: 'object', members };
  }

  word(): string {
    return this.#match(WORD) ?? this.#fail('a name');
  }

  take(token: string): boolean {
    this.#skip();
    if (!this.#source.startsWith(token, this.offset)) return false;
    this.offset += token.length;
    return true;
  }

  expect(token: string): void {
    if (!this.take(token)) this.#fail(`"${token}"`);
  }

  #skip(): void {
    SPACE.lastIndex = this.offset;
    SPACE.test(this.#source);
    this.offset = SPACE.lastIndex;
  }

  #match(expression: RegExp): string | undefined {
    this.#skip();
    expression.lastIndex = this.offset;
    const found = expression.exec(this.#source);
    if (!found) return undefined;
    this.offset = expression.lastIndex;
    return found[0];
  }

  #fail(wanted: string): never {
    const near = this.#source.slice(this.offset, this.offset + 40);
    throw new Error(`Expected ${wanted} at offset ${this.offset} of a declaration file, before: ${near}`);
  }
}

function commentBefore(source: string, offset: number): string {
  const end = source.lastIndexOf('*/', offset);
  if (end < 0 || source.slice(end + 2, offset).trim() !== '') return '';
  return markdownOf(source.slice(source.lastIndexOf('/**', end), end + 2));
}

function markdownOf(comment: string): string {
  return comment
    .slice(3, -2)
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .replaceAll('*\\/', '*/')
    .trim();
}
