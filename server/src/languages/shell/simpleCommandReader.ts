import type { Span } from '../../text/sourceText.ts';
import type { ShellLines } from './shellLines.ts';
import type { ShellAssignment, ShellRedirection, ShellWord, SimpleCommand, WordPart } from './shellScript.ts';
import type { ShellState } from './shellState.ts';
import type { WordReader } from './wordReader.ts';

const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*(?:\[[^\]\s]*\])?\+?=/;
const REDIRECTION = /^(?:\d*|\{[A-Za-z_][A-Za-z0-9_]*\})(?:&>>|&>|<<<|<<-|<<|<>|<&|>>|>&|>\||<|>)/;

/** No variable name or file descriptor is longer; keeps the reading of long words linear. */
const LONGEST_NAME = 256;

/** A word that turned out to be the name of a function: `name ()`. */
export interface FunctionStart {
  readonly kind: 'function';
  readonly name: string;
}

/** Reads assignments, words and redirections up to the end of one command. */
export class SimpleCommandReader {
  readonly #state: ShellState;
  readonly #words: WordReader;
  readonly #lines: ShellLines;
  readonly #readsHeredocs: boolean;

  constructor(state: ShellState, words: WordReader, lines: ShellLines, readsHeredocs: boolean) {
    this.#state = state;
    this.#words = words;
    this.#lines = lines;
    this.#readsHeredocs = readsHeredocs;
  }

  /** The command at the position; undefined when none begins here. */
  read(): SimpleCommand | FunctionStart | undefined {
    const state = this.#state;
    const start = state.position;
    let end = start;
    const assignments: ShellAssignment[] = [];
    const words: ShellWord[] = [];
    const redirections: ShellRedirection[] = [];
    for (;;) {
      this.#lines.skipBlanks();
      const redirection = this.redirection();
      if (redirection) {
        redirections.push(redirection);
        end = state.position;
        continue;
      }
      const assignment = words.length === 0 ? this.#assignment() : undefined;
      if (assignment) {
        assignments.push(assignment);
        end = state.position;
        continue;
      }
      const wordStart = state.position;
      const word = this.#words.read();
      if (!word) {
        const isFunction = state.peek() === '(' && words.length === 1 && words[0]!.text !== undefined;
        if (isFunction && assignments.length === 0) return { kind: 'function', name: words[0]!.text! };
        break;
      }
      words.push(word);
      end = Math.max(state.position, wordStart);
    }
    if (words.length === 0 && assignments.length === 0 && redirections.length === 0) return undefined;
    // A parenthesis after a word belongs to no command of the POSIX shell.
    if (state.peek() === '(') {
      state.report('unexpected-word', '"(" is not expected here.', state.position, state.position + 1);
      state.position++;
      end = state.position;
    }
    const command: SimpleCommand = {
      kind: 'simple',
      assignments,
      words,
      redirections,
      span: state.span(start, end),
    };
    return command;
  }

  #assignment(): ShellAssignment | undefined {
    const state = this.#state;
    const start = state.position;
    const match = ASSIGNMENT.exec(state.text.slice(start, Math.min(start + LONGEST_NAME, state.end)));
    if (!match) return undefined;
    const appends = match[0].endsWith('+=');
    const nameEnd = start + match[0].length - (appends ? 2 : 1);
    const name = state.text.slice(start, nameEnd).replace(/\[.*$/, '');
    state.position = start + match[0].length;
    const nameSpan = state.span(start, start + name.length);
    if (state.peek() === '(') {
      state.position++;
      this.#skipArray(start);
      return { name, nameSpan, value: undefined, appends, span: state.span(start) };
    }
    const valueStart = state.position;
    const value = this.#words.read() ?? {
      span: state.span(valueStart, valueStart),
      written: '',
      parts: [] as WordPart[],
      text: '',
      prefix: '',
    };
    return { name, nameSpan, value, appends, span: state.span(start) };
  }

  #skipArray(start: number): void {
    const state = this.#state;
    for (;;) {
      this.#lines.skipLines();
      if (state.peek() === ')') {
        state.position++;
        return;
      }
      if (this.#words.read()) continue;
      if (state.atEnd) {
        state.report('unclosed-block', 'A closing ) is missing.', start, state.end);
        return;
      }
      state.position++;
    }
  }

  /** The redirection at the position; undefined when none begins here. */
  redirection(): ShellRedirection | undefined {
    const state = this.#state;
    const start = state.position;
    if (!'<>&0123456789{'.includes(state.peek()) || state.atEnd) return undefined;
    const match = REDIRECTION.exec(state.text.slice(start, Math.min(start + LONGEST_NAME, state.end)));
    if (!match) return undefined;
    const operator = /(?:&>>|&>|<<<|<<-|<<|<>|<&|>>|>&|>\||<|>)$/.exec(match[0])![0];
    const after = start + match[0].length;
    // `<(` and `>(` are words.
    if ((operator === '<' || operator === '>') && state.text[after] === '(' && after < state.end) return undefined;
    state.position = after;
    this.#lines.skipBlanks();
    const target = this.#words.read();
    if (!target) {
      state.report('missing-command', `A file name is missing after "${operator}".`, start, after);
      state.position = Math.max(state.position, after);
    }
    const redirection = {
      operator,
      descriptor: match[0].slice(0, -operator.length),
      target,
      body: undefined as Span | undefined,
      span: state.span(start),
    };
    const isHeredoc = operator === '<<' || operator === '<<-';
    if (isHeredoc && target && this.#readsHeredocs) {
      this.#lines.announce({ redirection, delimiter: target.prefix, stripsTabs: operator === '<<-' });
    }
    return redirection;
  }
}
