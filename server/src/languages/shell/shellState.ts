import type { Span } from '../../text/sourceText.ts';
import type { ShellComment, ShellProblem } from './shellScript.ts';
import type { ShellText } from './shellText.ts';

/** Deeper nesting is left unread: nobody writes it, and the reader must not run out of stack. */
const DEEPEST_NESTING = 100;

/** Where the reader of a script is, and what it has noticed. Shared by the readers of words and of commands. */
export class ShellState {
  readonly text: string;
  position: number;
  end: number;
  readonly comments: ShellComment[] = [];
  readonly problems: ShellProblem[] = [];
  readonly #source: ShellText;
  #depth = 0;

  constructor(source: ShellText) {
    this.#source = source;
    this.text = source.text;
    this.position = 0;
    this.end = source.text.length;
  }

  get atEnd(): boolean {
    return this.position >= this.end;
  }

  /** The character `ahead` of the position; empty behind the end. */
  peek(ahead = 0): string {
    const index = this.position + ahead;
    return index < this.end ? this.text[index]! : '';
  }

  startsWith(token: string): boolean {
    return this.position + token.length <= this.end && this.text.startsWith(token, this.position);
  }

  indexOf(token: string, from: number): number {
    const index = this.text.indexOf(token, from);
    return index < 0 || index + token.length > this.end ? -1 : index;
  }

  /** The place from `start` to the position, or to `end`. */
  span(start: number, end: number = this.position): Span {
    return this.#source.span(start, end);
  }

  report(code: ShellProblem['code'], message: string, start: number, end: number): void {
    this.problems.push({ code, message, span: this.span(start, end) });
  }

  /** Enters one level of nesting. At the deepest the rest is given up, and false returned. */
  enter(start: number): boolean {
    this.#depth++;
    if (this.#depth <= DEEPEST_NESTING) return true;
    if (!this.problems.some((problem) => problem.code === 'too-deep')) {
      this.report('too-deep', 'This script is nested too deeply to be read.', start, this.end);
    }
    this.position = this.end;
    this.#depth--;
    return false;
  }

  leave(): void {
    this.#depth--;
  }

  /** Offset of the `))` that closes arithmetic which begins at `start`; undefined when it is a nested subshell. */
  arithmeticEnd(start: number): number | undefined {
    let depth = 0;
    for (let index = start; index < this.end; index++) {
      const character = this.text[index];
      if (character === '\\') index++;
      else if (character === '(') depth++;
      else if (character === ')') {
        if (depth === 0) return this.text[index + 1] === ')' && index + 1 < this.end ? index : undefined;
        depth--;
      } else if (character === "'" || character === '"') {
        const closing = this.indexOf(character, index + 1);
        if (closing < 0) return undefined;
        index = closing;
      }
    }
    return undefined;
  }
}
