import type { HclProblems } from './hclProblems.ts';
import { HclToken, type HclTokenKind, HclTokens } from './hclTokens.ts';

/** Where the tokenizer stands: plain code, the text of a string or heredoc, or the code of a template sequence. */
interface Mode {
  readonly kind: 'code' | 'quote' | 'heredoc' | 'sequence';
  /** Offset of what opened the mode. */
  readonly start: number;
  /** The brackets that are open inside `sequence`, as a stack. */
  readonly brackets: HclTokenKind[];
  /** How many of them are braces. */
  braces: number;
  /** Only of `heredoc`. */
  readonly marker: string;
  /** Indentation of a heredoc that is never closed: a line that is indented no more may end it. */
  readonly unclosedIndent: number | undefined;
}

/** Signs of several characters; a longer one stands before its own beginning. */
const LONG_SIGNS: readonly (readonly [string, HclTokenKind])[] = [
  ['...', HclToken.ellipsis],
  ['==', HclToken.equal],
  ['=>', HclToken.arrow],
  ['!=', HclToken.notEqual],
  ['<=', HclToken.lessOrEqual],
  ['>=', HclToken.greaterOrEqual],
  ['&&', HclToken.and],
  ['||', HclToken.or],
  ['::', HclToken.doubleColon],
];

const SIGNS: ReadonlyMap<number, HclTokenKind> = new Map(
  Object.entries({
    '{': HclToken.openBrace,
    '}': HclToken.closeBrace,
    '[': HclToken.openBracket,
    ']': HclToken.closeBracket,
    '(': HclToken.openParen,
    ')': HclToken.closeParen,
    '=': HclToken.assign,
    '<': HclToken.less,
    '>': HclToken.greater,
    '!': HclToken.not,
    '+': HclToken.plus,
    '-': HclToken.minus,
    '*': HclToken.star,
    '/': HclToken.slash,
    '%': HclToken.percent,
    '?': HclToken.question,
    ':': HclToken.colon,
    ',': HclToken.comma,
    '.': HclToken.dot,
  }).map(([sign, kind]) => [sign.charCodeAt(0), kind]),
);

/** The characters with which signs of several characters begin. */
const LONG_SIGN_STARTS: ReadonlySet<number> = new Set(LONG_SIGNS.map(([sign]) => sign.charCodeAt(0)));

const OTHER_LETTER = /^[\p{ID_Start}]/u;
const OTHER_LETTER_OR_DIGIT = /^[\p{ID_Continue}]/u;
const NUMBER = /\d+(?:\.\d+|[eE][+-]?\d+)*/y;
const HEREDOC = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)([ \t]*)(\r?\n)/uy;
/** A line that holds one word, which may close a heredoc. */
const LONE_WORD = /^[ \t]*([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\r?$/gmu;
/** The next line begins an argument or a block: no expression goes on like this. */
const NEXT_ITEM =
  /[ \t]*(?!(?:for|if|in)\b)[A-Za-z_][\w-]*[ \t]*(?:=(?![=>])|(?:[ \t]+(?:"[^"\n]*"|(?!(?:for|if|in)\b)[A-Za-z_][\w-]*))*[ \t]*\{)/y;
/** The next line is a lone closing brace: no string goes on like this, though a heredoc may. */
const NEXT_BRACE = /[ \t]*\}[ \t]*(?:\r?\n|$|#|\/\/)/y;

/**
 * Cuts HCL text into tokens. Never fails: every character that is not a blank belongs to a token, and what HCL does not
 * allow is said in `problems`. A string ends at the end of its line at the latest, and an interpolation ends where the
 * next argument or block begins, so that a half-typed string does not swallow what follows it.
 */
export function tokenizeHcl(text: string, problems: HclProblems): HclTokens {
  const tokenizer = new Tokenizer(text, problems);
  tokenizer.run();
  return tokenizer.tokens;
}

class Tokenizer {
  readonly tokens = new HclTokens();
  readonly #text: string;
  readonly #problems: HclProblems;
  readonly #modes: Mode[] = [openMode('code', 0)];
  #position = 0;
  /** No comment is closed after the current position: there is no need to look again. */
  #hasUnclosedComment = false;
  /** The last place of each line that holds one word; made when the first heredoc is met. */
  #loneWords: Map<string, number> | undefined;

  constructor(text: string, problems: HclProblems) {
    this.#text = text;
    this.#problems = problems;
  }

  run(): void {
    if (this.#text.charCodeAt(0) === 0xfeff) this.#position = 1;
    while (this.#position < this.#text.length) {
      const mode = this.#mode;
      if (mode.kind === 'quote') this.#quotedText();
      else if (mode.kind === 'heredoc') this.#heredocText(mode);
      else this.#code(mode);
    }
    if (this.#modes.length > 1) this.#reportUnclosed(this.#modes[1]!);
    while (this.#modes.length > 1) this.#abandon();
    this.tokens.push(HclToken.endOfFile, this.#text.length, this.#text.length);
  }

  get #mode(): Mode {
    return this.#modes[this.#modes.length - 1]!;
  }

  #push(kind: HclTokenKind, end: number): void {
    this.tokens.push(kind, this.#position, end);
    this.#position = end;
  }

  #code(mode: Mode): void {
    const text = this.#text;
    const code = text.charCodeAt(this.#position);
    if (code === 32 || code === 9) {
      this.#position++;
      return;
    }
    if (isLetter(code) || code >= 0x80 || isDigit(code)) {
      this.#wordOrNumber(code);
      return;
    }
    switch (code) {
      case 10:
        this.#lineBreak(mode, 1);
        return;
      case 13:
        if (text.charCodeAt(this.#position + 1) === 10) this.#lineBreak(mode, 2);
        else this.#invalid('A carriage return must be followed by a line feed.');
        return;
      case 34:
        this.#modes.push(openMode('quote', this.#position));
        this.#push(HclToken.openQuote, this.#position + 1);
        return;
      case 35:
        this.#push(HclToken.comment, this.#lineEnd());
        return;
      case 47:
        if (text.charCodeAt(this.#position + 1) === 47) this.#push(HclToken.comment, this.#lineEnd());
        else if (text.charCodeAt(this.#position + 1) === 42) this.#blockComment();
        else break;
        return;
      case 60:
        if (text.charCodeAt(this.#position + 1) === 60 && this.#heredocStart()) return;
        break;
    }
    this.#punctuation(mode);
  }

  #wordOrNumber(code: number): void {
    const text = this.#text;
    if (isDigit(code)) {
      NUMBER.lastIndex = this.#position;
      const match = NUMBER.exec(text)!;
      this.#push(HclToken.number, this.#position + match[0].length);
      return;
    }
    if (code >= 0x80 && !OTHER_LETTER.test(characterAt(text, this.#position))) {
      this.#invalid('This character is not used in HCL.');
      return;
    }
    let end = this.#position;
    while (end < text.length) {
      const next = text.charCodeAt(end);
      if (isLetter(next) || isDigit(next) || next === 45) end++;
      else if (next >= 0x80) {
        const character = characterAt(text, end);
        if (!OTHER_LETTER_OR_DIGIT.test(character)) break;
        end += character.length;
      } else break;
    }
    this.#push(HclToken.identifier, end);
  }

  #punctuation(mode: Mode): void {
    const text = this.#text;
    const position = this.#position;
    if (mode.kind === 'sequence' && this.#closesSequence(mode)) return;
    const code = text.charCodeAt(position);
    const long = LONG_SIGN_STARTS.has(code) ? LONG_SIGNS.find(([sign]) => text.startsWith(sign, position)) : undefined;
    const kind = long ? long[1] : SIGNS.get(code);
    if (kind !== undefined) {
      if (mode.kind === 'sequence') this.#countBracket(mode, kind);
      this.#push(kind, position + (long ? long[0].length : 1));
      return;
    }
    this.#invalid(`The character ${JSON.stringify(characterAt(text, position))} is not used in HCL.`);
  }

  /** `}` or `~}` ends the sequence unless a brace of its own is open; an open `(` or `[` does not hold it back. */
  #closesSequence(mode: Mode): boolean {
    const text = this.#text;
    const length = text.startsWith('~}', this.#position) ? 2 : 1;
    if (length === 1 && text.charCodeAt(this.#position) !== 125) return false;
    if (mode.braces > 0) return false;
    this.#modes.pop();
    this.#push(HclToken.closeTemplate, this.#position + length);
    return true;
  }

  #countBracket(mode: Mode, kind: HclTokenKind): void {
    const { brackets } = mode;
    if (kind === HclToken.openBrace || kind === HclToken.openBracket || kind === HclToken.openParen) {
      brackets.push(kind);
      if (kind === HclToken.openBrace) mode.braces++;
    } else if (kind === HclToken.closeBrace) {
      while (brackets.length > 0 && brackets.pop() !== HclToken.openBrace);
      mode.braces = Math.max(0, mode.braces - 1);
    } else if (kind === HclToken.closeBracket && brackets.at(-1) === HclToken.openBracket) brackets.pop();
    else if (kind === HclToken.closeParen && brackets.at(-1) === HclToken.openParen) brackets.pop();
  }

  #lineBreak(mode: Mode, length: number): void {
    if (mode.kind === 'sequence') this.#abandonUnclosedSequence(mode, this.#position + length);
    if (this.#mode.kind !== 'heredoc') this.#push(HclToken.newline, this.#position + length);
  }

  /** When the next line cannot belong to the sequence, the sequence was never closed. */
  #abandonUnclosedSequence(mode: Mode, nextLine: number): void {
    if (mode.brackets.at(-1) === HclToken.openBrace) return;
    const isInString = this.#modes.at(-2)?.kind === 'quote';
    if (!matchesAt(NEXT_ITEM, this.#text, nextLine) && !(isInString && matchesAt(NEXT_BRACE, this.#text, nextLine)))
      return;
    // The line may still belong to an object in a sequence further out, or be the text of a heredoc.
    let kept = this.#modes.length - 1;
    while (kept > 1 && this.#modes[kept - 1]!.braces === 0 && !(kept === 2 && this.#modes[1]!.kind === 'heredoc'))
      kept--;
    this.#reportUnclosed(this.#modes[kept]!);
    while (this.#modes.length > kept) this.#abandon();
  }

  /** Ends the innermost mode with a closing token of no length, so that the parser always sees pairs. */
  #abandon(): Mode {
    const abandoned = this.#modes.pop()!;
    if (abandoned.kind === 'quote') this.#push(HclToken.closeQuote, this.#position);
    else if (abandoned.kind === 'heredoc') this.#push(HclToken.closeHeredoc, this.#position);
    else this.#push(HclToken.closeTemplate, this.#position);
    return abandoned;
  }

  #quotedText(): void {
    const text = this.#text;
    let end = this.#position;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === 92) {
        const next = text.charCodeAt(end + 1);
        if (next !== 10 && next !== 13) end++;
      } else if (code === 34 || code === 10 || (code === 13 && text.charCodeAt(end + 1) === 10)) break;
      else if (code === 13)
        this.#problems.add('invalid-character', end, end + 1, 'A string may not hold a line break.');
      else if (code === 36 || code === 37) {
        if (text.charCodeAt(end + 1) === code && text.charCodeAt(end + 2) === 123) end += 2;
        else if (text.charCodeAt(end + 1) === 123) break;
      }
    }
    end = Math.min(end, text.length);
    if (end > this.#position) this.#push(HclToken.quotedText, end);
    if (end >= text.length) return;
    const code = text.charCodeAt(end);
    if (code === 34) {
      this.#modes.pop();
      this.#push(HclToken.closeQuote, end + 1);
    } else if (code === 36 || code === 37) this.#openSequence(code);
    else this.#abandonLine();
  }

  /** A string ran into the end of its line: everything opened on this line ends here, except a heredoc. */
  #abandonLine(): void {
    const lineStart = this.#text.lastIndexOf('\n', this.#position - 1) + 1;
    let outermost = this.#abandon();
    while (this.#modes.length > 1 && this.#mode.kind !== 'heredoc' && this.#mode.start >= lineStart) {
      outermost = this.#abandon();
    }
    // A string that began on an earlier line and goes on after its sequence ends here too.
    if (this.#mode.kind === 'quote') outermost = this.#abandon();
    this.#reportUnclosed(outermost);
  }

  #heredocText(mode: Mode): void {
    const text = this.#text;
    let end = this.#position;
    let lineStart = end === 0 || text.charCodeAt(end - 1) === 10;
    while (end < text.length) {
      if (lineStart) {
        if (mode.unclosedIndent !== undefined && this.#endsUnclosedHeredoc(mode.unclosedIndent, end)) return;
        const lineEnd = lineEndAt(text, end);
        if (text.slice(end, lineEnd).trim() === mode.marker) {
          if (end > this.#position) this.#push(HclToken.heredocText, end);
          this.#modes.pop();
          if (lineEnd >= text.length) {
            this.#problems.add(
              'unclosed-heredoc',
              this.#position,
              lineEnd,
              `A line break must follow the closing ${mode.marker}.`,
            );
          }
          this.#push(HclToken.closeHeredoc, lineEnd);
          return;
        }
        lineStart = false;
      }
      const code = text.charCodeAt(end);
      if (code === 10) lineStart = true;
      else if (code === 36 || code === 37) {
        if (text.charCodeAt(end + 1) === code && text.charCodeAt(end + 2) === 123) end += 2;
        else if (text.charCodeAt(end + 1) === 123) {
          if (end > this.#position) this.#push(HclToken.heredocText, end);
          this.#openSequence(code);
          return;
        }
      }
      end++;
    }
    if (text.length > this.#position) this.#push(HclToken.heredocText, text.length);
  }

  /** A heredoc without an end is taken to end before the next argument, block or closing brace of the code around it. */
  #endsUnclosedHeredoc(indent: number, lineStart: number): boolean {
    if (blanksAt(this.#text, lineStart) > indent) return false;
    if (!matchesAt(NEXT_ITEM, this.#text, lineStart) && !matchesAt(NEXT_BRACE, this.#text, lineStart)) return false;
    const lineBreak = lineStart - (this.#text.charCodeAt(lineStart - 2) === 13 ? 2 : 1);
    if (lineBreak > this.#position) this.#push(HclToken.heredocText, lineBreak);
    this.#reportUnclosed(this.#abandon());
    this.#push(HclToken.newline, lineStart);
    return true;
  }

  #openSequence(code: number): void {
    this.#modes.push(openMode('sequence', this.#position));
    const length = this.#text.charCodeAt(this.#position + 2) === 126 ? 3 : 2;
    this.#push(code === 36 ? HclToken.openInterpolation : HclToken.openDirective, this.#position + length);
  }

  #heredocStart(): boolean {
    HEREDOC.lastIndex = this.#position;
    const match = HEREDOC.exec(this.#text);
    if (!match) return false;
    const end = this.#position + match[0].length;
    if (match[3]) {
      this.#problems.add(
        'heredoc-marker',
        this.#position,
        end - match[4]!.length,
        'Blanks may not follow a heredoc marker.',
      );
    }
    const marker = match[2]!;
    const isClosed = this.#lastLineOf(marker) >= end;
    const indent = isClosed ? undefined : blanksAt(this.#text, this.#text.lastIndexOf('\n', this.#position) + 1);
    this.#modes.push(openMode('heredoc', this.#position, marker, indent));
    this.#push(HclToken.openHeredoc, isClosed ? end : end - match[4]!.length);
    return true;
  }

  /** Where the last line begins that holds nothing but `marker`, or -1. */
  #lastLineOf(marker: string): number {
    if (!this.#loneWords) {
      this.#loneWords = new Map();
      for (const match of this.#text.matchAll(LONE_WORD)) this.#loneWords.set(match[1]!, match.index);
    }
    return this.#loneWords.get(marker) ?? -1;
  }

  #blockComment(): void {
    const close = this.#hasUnclosedComment ? -1 : this.#text.indexOf('*/', this.#position + 2);
    if (close >= 0) {
      this.#push(HclToken.comment, close + 2);
      return;
    }
    this.#problems.add('unclosed-comment', this.#position, this.#position + 2, 'This comment has no closing */.');
    this.#hasUnclosedComment = true;
    // Only the first line is taken as the comment: what follows is more likely code than prose.
    this.#push(HclToken.comment, this.#lineEnd());
  }

  #invalid(message: string): void {
    const start = this.#position;
    this.#push(HclToken.invalid, start + characterAt(this.#text, start).length);
    this.#problems.add('invalid-character', start, this.#position, message);
  }

  #reportUnclosed(mode: Mode): void {
    if (mode.kind === 'quote') {
      this.#problems.add('unclosed-string', mode.start, mode.start + 1, 'This string is not closed on its line.');
    } else if (mode.kind === 'heredoc') {
      const end = lineEndAt(this.#text, mode.start);
      this.#problems.add('unclosed-heredoc', mode.start, end, `This heredoc has no line with only ${mode.marker}.`);
    } else if (mode.kind === 'sequence') {
      this.#problems.add('unclosed-template', mode.start, mode.start + 2, 'This template sequence has no closing }.');
    }
  }

  #lineEnd(): number {
    return lineEndAt(this.#text, this.#position);
  }
}

function openMode(kind: Mode['kind'], start: number, marker = '', unclosedIndent?: number): Mode {
  return { kind, start, brackets: [], braces: 0, marker, unclosedIndent };
}

function matchesAt(sticky: RegExp, text: string, offset: number): boolean {
  sticky.lastIndex = offset;
  return sticky.test(text);
}

/** How many blanks stand at `offset`. */
function blanksAt(text: string, offset: number): number {
  let end = offset;
  while (text.charCodeAt(end) === 32 || text.charCodeAt(end) === 9) end++;
  return end - offset;
}

/** End of the line that holds `offset`, before its line break. */
function lineEndAt(text: string, offset: number): number {
  const lineFeed = text.indexOf('\n', offset);
  if (lineFeed < 0) return text.length;
  return lineFeed > offset && text.charCodeAt(lineFeed - 1) === 13 ? lineFeed - 1 : lineFeed;
}

function characterAt(text: string, offset: number): string {
  return String.fromCodePoint(text.codePointAt(offset) ?? 0xfffd);
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
