/** What a token is. Quotes, heredoc markers and the text between them are tokens of their own. */
export const HclToken = {
  endOfFile: 0,
  newline: 1,
  comment: 2,
  identifier: 3,
  number: 4,
  /** `"` that opens a string. */
  openQuote: 5,
  /** `"` that closes a string. */
  closeQuote: 6,
  /** Literal text between quotes. */
  quotedText: 7,
  /** `<<MARKER` or `<<-MARKER` with its line break. */
  openHeredoc: 8,
  /** The line that ends a heredoc, with its leading blanks and without its line break. */
  closeHeredoc: 9,
  /** Literal text in a heredoc. */
  heredocText: 10,
  /** `${` or `${~`. */
  openInterpolation: 11,
  /** `%{` or `%{~`. */
  openDirective: 12,
  /** `}` or `~}` that ends an interpolation or a directive. */
  closeTemplate: 13,
  openBrace: 14,
  closeBrace: 15,
  openBracket: 16,
  closeBracket: 17,
  openParen: 18,
  closeParen: 19,
  assign: 20,
  equal: 21,
  notEqual: 22,
  less: 23,
  lessOrEqual: 24,
  greater: 25,
  greaterOrEqual: 26,
  and: 27,
  or: 28,
  not: 29,
  plus: 30,
  minus: 31,
  star: 32,
  slash: 33,
  percent: 34,
  question: 35,
  colon: 36,
  doubleColon: 37,
  comma: 38,
  dot: 39,
  ellipsis: 40,
  arrow: 41,
  /** A character that HCL has no use for. */
  invalid: 42,
} as const;

export type HclTokenKind = (typeof HclToken)[keyof typeof HclToken];

/**
 * The tokens of one file in order, in typed arrays because a 10 MB file has millions of them. Between two tokens stand
 * only blanks. The last token is `endOfFile`; reading past it gives it again.
 */
export class HclTokens {
  #kinds = new Uint8Array(256);
  #starts = new Uint32Array(256);
  #ends = new Uint32Array(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(kind: HclTokenKind, start: number, end: number): void {
    if (this.#length === this.#kinds.length) this.#grow();
    this.#kinds[this.#length] = kind;
    this.#starts[this.#length] = start;
    this.#ends[this.#length] = end;
    this.#length++;
  }

  kind(index: number): HclTokenKind {
    return this.#kinds[this.#clamp(index)] as HclTokenKind;
  }

  start(index: number): number {
    return this.#starts[this.#clamp(index)]!;
  }

  end(index: number): number {
    return this.#ends[this.#clamp(index)]!;
  }

  /** Index of the first token that ends after `offset`. */
  indexAt(offset: number): number {
    let low = 0;
    let high = this.#length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#ends[middle]! > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #clamp(index: number): number {
    return index < this.#length ? index : this.#length - 1;
  }

  #grow(): void {
    const capacity = this.#kinds.length * 2;
    const kinds = new Uint8Array(capacity);
    kinds.set(this.#kinds);
    const starts = new Uint32Array(capacity);
    starts.set(this.#starts);
    const ends = new Uint32Array(capacity);
    ends.set(this.#ends);
    this.#kinds = kinds;
    this.#starts = starts;
    this.#ends = ends;
  }
}
