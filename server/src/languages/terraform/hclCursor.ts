import type { Span } from '../../text/sourceText.ts';
import type { HclProblems } from './hclProblems.ts';
import { HclToken, type HclTokenKind, type HclTokens } from './hclTokens.ts';

/** Deeper nesting than this is not read, so that no text can exhaust the stack. */
const DEEPEST = 200;

/** In a for-expression a brace may follow these. */
const FOR_WORDS: ReadonlySet<string> = new Set(['for', 'if', 'in']);

/** Walks over the tokens of one file. Comments are never seen, line breaks only where they matter. */
export class HclCursor {
  readonly text: string;
  readonly tokens: HclTokens;
  readonly problems: HclProblems;
  /** Indentation is believed where brackets do not match. */
  readonly recovering: boolean;
  /** End of the last token that was taken. */
  lastEnd = 0;
  #index = 0;
  #peeked = -1;
  #newlinesMatter = true;
  #lineFirst = 0;
  #depth = 0;

  constructor(text: string, tokens: HclTokens, problems: HclProblems, recovering: boolean) {
    this.text = text;
    this.tokens = tokens;
    this.problems = problems;
    this.recovering = recovering;
  }

  /** Index of the current token. */
  get index(): number {
    if (this.#peeked >= 0) return this.#peeked;
    let index = this.#index;
    for (;;) {
      const kind = this.tokens.kind(index);
      if (kind === HclToken.comment || (kind === HclToken.newline && !this.#newlinesMatter)) index++;
      else break;
    }
    this.#peeked = index;
    return index;
  }

  get kind(): HclTokenKind {
    return this.tokens.kind(this.index);
  }

  get start(): number {
    return this.tokens.start(this.index);
  }

  get span(): Span {
    return { start: this.start, end: this.tokens.end(this.index) };
  }

  get word(): string {
    return this.text.slice(this.start, this.tokens.end(this.index));
  }

  get newlinesAreSkipped(): boolean {
    return !this.#newlinesMatter;
  }

  is(kind: HclTokenKind): boolean {
    return this.kind === kind;
  }

  isWord(word: string): boolean {
    return this.kind === HclToken.identifier && this.word === word;
  }

  /** Takes the current token; at the end of the file this changes nothing. */
  next(): void {
    const index = this.index;
    const kind = this.tokens.kind(index);
    if (kind === HclToken.endOfFile) return;
    for (let passed = this.#index; passed <= index; passed++) {
      if (this.tokens.kind(passed) === HclToken.newline) this.#lineFirst = passed + 1;
    }
    if (kind !== HclToken.newline) this.lastEnd = this.tokens.end(index);
    this.#index = index + 1;
    this.#peeked = -1;
  }

  /** Takes the current token when it is of this kind. */
  accept(kind: HclTokenKind): boolean {
    if (this.kind !== kind) return false;
    this.next();
    return true;
  }

  skipNewlines(): void {
    while (this.kind === HclToken.newline) this.next();
  }

  /** Reads with line breaks seen (`true`) or not seen. */
  within<T>(newlinesMatter: boolean, read: () => T): T {
    const before = this.#newlinesMatter;
    this.#newlinesMatter = newlinesMatter;
    this.#peeked = -1;
    const result = read();
    this.#newlinesMatter = before;
    this.#peeked = -1;
    return result;
  }

  /** Reads one level deeper; `undefined`, with the rest of the level skipped, where the nesting is too deep. */
  nested<T>(read: () => T): T | undefined {
    if (this.#depth >= DEEPEST) {
      this.problems.add('too-deep', this.start, this.start, 'The nesting is too deep to be read.');
      this.#skipLevel();
      return undefined;
    }
    this.#depth++;
    const result = read();
    this.#depth--;
    return result;
  }

  /** Says what is wrong at the current token, unless the tokenizer already did. */
  problem(code: string, message: string): void {
    const { start, end } = this.span;
    if (start === end && !this.is(HclToken.endOfFile)) return;
    if (this.is(HclToken.newline) || this.is(HclToken.endOfFile) || this.#isOnLaterLine) {
      this.problems.add(code, this.lastEnd, this.lastEnd, message);
    } else if (!this.is(HclToken.invalid)) this.problems.add(code, start, end, message);
  }

  /** Line breaks were skipped since the last token: what is missing is missing there, not here. */
  get #isOnLaterLine(): boolean {
    return !this.#newlinesMatter && this.atLineStart;
  }

  /** The current token is the first one on its line. */
  get atLineStart(): boolean {
    const index = this.index;
    return index === 0 || this.tokens.kind(index - 1) === HclToken.newline;
  }

  /** Column of the current token when it is the first on its line. */
  get column(): number {
    return this.#columnOf(this.index);
  }

  /** Indentation of the line that holds the last token that was taken. */
  get lineIndent(): number {
    return this.#columnOf(this.#lineFirst);
  }

  /** Column of a token that is the first on its line; a byte order mark does not count. */
  #columnOf(index: number): number {
    const start = this.tokens.start(index);
    if (index > 0) return start - this.tokens.end(index - 1);
    return this.text.charCodeAt(0) === 0xfeff ? start - 1 : start;
  }

  /** The current token begins a line that reads `name =` or `type "label" {`. */
  get atNewItem(): boolean {
    return this.atLineStart && (this.looksLikeArgument || this.looksLikeBlock);
  }

  get looksLikeArgument(): boolean {
    return this.kind === HclToken.identifier && this.tokens.kind(this.index + 1) === HclToken.assign;
  }

  get looksLikeBlock(): boolean {
    if (this.kind !== HclToken.identifier) return false;
    for (let index = this.index; ; index++) {
      switch (this.tokens.kind(index)) {
        case HclToken.identifier:
          if (FOR_WORDS.has(this.text.slice(this.tokens.start(index), this.tokens.end(index)))) return false;
          break;
        case HclToken.openQuote:
        case HclToken.quotedText:
        case HclToken.closeQuote:
          break;
        case HclToken.openBrace:
          return true;
        default:
          return false;
      }
    }
  }

  /**
   * Skips what cannot be read, up to the next of `stops` outside brackets and strings. Stops, too, where a new argument
   * or block begins inside a bracket that was not closed.
   */
  skipTo(...stops: readonly HclTokenKind[]): void {
    this.within(true, () => {
      let braces = 0;
      let others = 0;
      let templates = 0;
      while (!this.is(HclToken.endOfFile)) {
        const kind = this.kind;
        if (templates === 0 && braces === 0) {
          if (others === 0 && stops.includes(kind)) return;
          if (kind === HclToken.closeBrace || kind === HclToken.closeTemplate) return;
          if (this.atNewItem) return;
        }
        if (kind === HclToken.openBrace) braces++;
        else if (kind === HclToken.closeBrace) braces--;
        else if (kind === HclToken.openBracket || kind === HclToken.openParen) others++;
        else if (kind === HclToken.closeBracket || kind === HclToken.closeParen) others = Math.max(0, others - 1);
        else if (kind === HclToken.openQuote || kind === HclToken.openHeredoc) templates++;
        else if (kind === HclToken.closeQuote || kind === HclToken.closeHeredoc) templates--;
        this.next();
      }
    });
  }

  /** Skips to the token that ends the current template sequence. */
  skipSequence(): void {
    let level = 0;
    for (; !this.is(HclToken.endOfFile); this.next()) {
      const { kind } = this;
      if (kind === HclToken.openInterpolation || kind === HclToken.openDirective) level++;
      else if (kind === HclToken.closeTemplate && level-- === 0) return;
    }
  }

  /** Skips to the bracket that closes the current level. */
  #skipLevel(): void {
    this.within(false, () => {
      let level = 0;
      for (; !this.is(HclToken.endOfFile); this.next()) {
        switch (this.kind) {
          case HclToken.openBrace:
          case HclToken.openBracket:
          case HclToken.openParen:
          case HclToken.openQuote:
          case HclToken.openHeredoc:
          case HclToken.openInterpolation:
          case HclToken.openDirective:
            level++;
            break;
          case HclToken.closeBrace:
          case HclToken.closeBracket:
          case HclToken.closeParen:
          case HclToken.closeQuote:
          case HclToken.closeHeredoc:
          case HclToken.closeTemplate:
            if (level === 0) return;
            level--;
            break;
        }
      }
    });
  }
}
