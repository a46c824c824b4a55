// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of HCL.
/** Terraform of random shape and spacing, the same for the same seed. Most of it is valid. */
export class RandomTerraform {
  #state: number;

  constructor(seed: number) {
    this.#state = seed * 2654435761 + 1;
  }

  /** A whole file. */
  file(): string {
    const text = this.#body(2);
    return this.#chance(0.1) ? text.replaceAll('\n', '\r\n') : text;
  }

  /** The text with some characters removed, moved or put in. */
  mutated(text: string): string {
    let result = text;
    for (let count = this.#below(3); count >= 0; count--) {
      const at = this.#below(result.length + 1);
      const kind = this.#below(3);
      if (kind === 0) result = result.slice(0, at) + this.#one(PIECES) + result.slice(at);
      else if (kind === 1) result = result.slice(0, at) + result.slice(at + 1 + this.#below(4));
      else {
        const from = this.#below(result.length + 1);
        result = result.slice(0, at) + result.slice(from, from + 1 + this.#below(10)) + result.slice(at);
      }
    }
    return result;
  }

  /** A generator after Mulberry32: good enough to vary shapes, and the same on every machine. */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let value = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #one<T>(items: readonly T[]): T {
    return items[this.#below(items.length)]!;
  }

  #list(most: number, separator: () => string, item: () => string): string {
    const items = Array.from({ length: this.#below(most) }, item);
    return items.reduce((text, next, index) => (index === 0 ? next : text + separator() + next), '');
  }

  #blank(): string {
    return this.#one(['', '', ' ', ' ', '  ', '\t']);
  }

  #lineEnd(): string {
    return this.#one(['\n', '\n', '\n', '\n', '\n\n', ' # c\n', '// c d\n', '  /* b */\n']);
  }

  #blankOrLine(): string {
    return this.#chance(0.2) ? this.#lineEnd() : this.#blank();
  }

  #name(): string {
    return this.#one(['a', 'bb', 'ccc', 'foo', 'var', 'in', 'if', 'x_y', 'é', 'a-b', 'for_each', '日本']);
  }

  #body(depth: number): string {
    let text = '';
    for (let count = this.#below(6); count >= 0; count--) {
      const kind = this.#random();
      if (kind < 0.7)
        text += `${this.#blank()}${this.#name()}${count} ${this.#blank()}=${this.#blank()}${this.#value(3, false)}${this.#lineEnd()}`;
      else if (kind < 0.8) text += this.#one(['# c\n', '  # c\n', '/* x */\n', '/* x\n y */\n', '\n']);
      else if (depth > 0) text += this.#block(depth);
    }
    return text;
  }

  #block(depth: number): string {
    const labels = this.#one(['', '"l" ', 'lab ', '"l"  "m"', '"é" /* c */ ', 'a b']);
    if (this.#chance(0.2))
      return `blk ${labels}{ ${this.#chance(0.5) ? `q=${this.#value(1, false)}` : ''} }${this.#lineEnd()}`;
    return `${this.#blank()}blk ${labels}{${this.#one(['\n', ' # c\n'])}${this.#body(depth - 1)}${this.#blank()}}${this.#lineEnd()}`;
  }

  #value(depth: number, free: boolean): string {
    const value = (): string => this.#value(depth - 1, true);
    const kind = depth <= 0 ? 0 : this.#below(12);
    switch (kind) {
      case 1:
        return `${value()} ${this.#one(['+', '-', '*', '/', '%', '==', '!=', '<', '>=', '&&', '||'])}${this.#blank()}${value()}`.replaceAll(
          '\n',
          free ? '\n' : ' ',
        );
      case 2:
        return `(${this.#blankOrLine()}${value()} ?${this.#blank()}${value()}${this.#blank()}:${this.#blankOrLine()}${value()})`;
      case 3:
        return `${this.#one(['-', '!', '- ', '! '])}${this.#value(0, free)}`;
      case 4:
        return `(${this.#blankOrLine()}${value()}${this.#blankOrLine()})`;
      case 5:
        return `[${this.#blankOrLine()}${this.#list(4, () => `,${this.#blankOrLine()}`, value)}${this.#blankOrLine()}]`;
      case 6:
        return `{${this.#blankOrLine()}${this.#list(
          4,
          () => this.#one([', ', ',', '\n', ' # c\n']),
          () =>
            `${this.#one([this.#name(), '"k"', '(a)', '"${x}y"'])}${this.#blank()}${this.#one(['=', '=', ':'])}${this.#blank()}${this.#value(depth - 1, false)}`,
        )}${this.#one(['', '\n', ' '])}}`;
      case 7:
        return `${this.#one(['f', 'foo', 'provider::a::b'])}${this.#blank()}(${this.#list(3, () => `,${this.#blankOrLine()}`, value)})`;
      case 8:
        return `[${this.#blank()}for ${this.#name()} in ${value()}${this.#blank()}:${this.#blankOrLine()}${value()}${this.#chance(0.3) ? ` if ${value()}` : ''}]`;
      case 9:
        return `{ for k,v in ${value()}:${this.#blank()}${value()}${this.#blank()}=>${this.#blank()}${value()}${this.#chance(0.3) ? '...' : ''} }`;
      case 10:
        return `"${this.#list(
          4,
          () => '',
          () =>
            this.#one([
              't  t',
              `\${${this.#one(['', '~', ' '])}${value()}${this.#one(['', ' ', '~'])}}`,
              '%{ if a }q%{ else }r%{ endif ~}',
              '\\n',
              '$${x}',
              'é',
            ]),
        )}"`;
      case 11:
        return `<<${this.#one(['', '-'])}E\n${this.#list(
          3,
          () => '',
          () => this.#one(['  text  x\n', '${ x } y\n', '%{ for a in b ~}\n z\n%{ endfor }\n', '\n']),
        )}${this.#one(['', '  '])}E${free ? '\n' : ''}`;
      default:
        return this.#one([
          '1',
          '2.5',
          '"s"',
          'true',
          'null',
          'a.b',
          'var.x',
          'foo',
          '""',
          '-1',
          '!a',
          'local.y[0]',
          'a.*.b',
          'a[*].c',
        ]);
    }
  }
}

const PIECES: readonly string[] = [
  ...'{}[]()"=.,:?!*-+&|<#\n\t1~\\;@$'.split(''),
  '${',
  '%{ if a }',
  '%{ endif }',
  '=>',
  '==',
  '...',
  '<<E\nx\nE\n',
  '/*',
  '*/',
  'for',
  ' in ',
  'if',
  'null',
  '\r\n',
];
