import type { Span } from '../../text/sourceText.ts';
import type { ShellState } from './shellState.ts';

/** A heredoc whose lines are still to come. */
export interface PendingHeredoc {
  readonly redirection: { body: Span | undefined };
  readonly delimiter: string;
  readonly stripsTabs: boolean;
}

/** Steps over what stands between words: blanks, joined lines, comments, line breaks, and the lines of heredocs. */
export class ShellLines {
  readonly #state: ShellState;
  #pending: PendingHeredoc[] = [];

  constructor(state: ShellState) {
    this.#state = state;
  }

  /** The lines of the heredoc follow behind the next line break. */
  announce(heredoc: PendingHeredoc): void {
    this.#pending.push(heredoc);
  }

  /** Steps over blanks, joined lines and comments, but not over line breaks. */
  skipBlanks(): void {
    const state = this.#state;
    for (;;) {
      const character = state.peek();
      if (character === ' ' || character === '\t' || character === '\r') state.position++;
      else if (character === '\\' && state.peek(1) === '\n') state.position += 2;
      else if (character === '\\' && state.peek(1) === '\r' && state.peek(2) === '\n') state.position += 3;
      else if (character === '#' && this.#atWordStart()) {
        const start = state.position;
        const lineBreak = state.indexOf('\n', start);
        state.position = lineBreak < 0 ? state.end : lineBreak;
        state.comments.push({ span: state.span(start) });
      } else return;
    }
  }

  /** Steps over line breaks as well. */
  skipLines(): void {
    for (;;) {
      this.skipBlanks();
      if (this.#state.peek() !== '\n') return;
      this.#state.position++;
      this.readHeredocBodies();
    }
  }

  /** Called behind a line break: the lines that follow belong to the heredocs announced before it. */
  readHeredocBodies(): void {
    const state = this.#state;
    const pending = this.#pending;
    this.#pending = [];
    for (const { redirection, delimiter, stripsTabs } of pending) {
      const start = state.position;
      let bodyEnd = state.end;
      while (!state.atEnd) {
        const lineStart = state.position;
        const lineBreak = state.indexOf('\n', lineStart);
        const lineEnd = lineBreak < 0 ? state.end : lineBreak;
        state.position = lineBreak < 0 ? state.end : lineBreak + 1;
        let line = state.text.slice(lineStart, lineEnd).replace(/\r$/, '');
        if (stripsTabs) line = line.replace(/^\t+/, '');
        if (line === delimiter) {
          bodyEnd = lineStart;
          break;
        }
      }
      redirection.body = state.span(start, bodyEnd);
    }
  }

  #atWordStart(): boolean {
    const before = this.#state.text[this.#state.position - 1];
    return before === undefined || ' \t\r\n;&|()`'.includes(before);
  }
}
