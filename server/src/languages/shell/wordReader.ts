import type { ShellScript, ShellWord, WordPart } from './shellScript.ts';
import type { ShellState } from './shellState.ts';

const NAME_START = /[A-Za-z_]/;
const NAME_CHARACTER = /[A-Za-z0-9_]/;
const SPECIAL_PARAMETERS = '@*#?-$!';
const ENDS_WORD = ' \t\r\n;&|<>()';

/** Reads `$( … )` and its kind: the list parser, which the word reader can't know by itself. */
export type ScriptReader = (closing: ')' | '') => ShellScript;

/** Reads words: quotes, escapes, expansions. The state says where it is, and is moved behind the word. */
export class WordReader {
  readonly #state: ShellState;
  readonly #readScript: ScriptReader;
  readonly #readNested: (start: number, end: number) => ShellScript;

  constructor(state: ShellState, readScript: ScriptReader, readNested: (start: number, end: number) => ShellScript) {
    this.#state = state;
    this.#readScript = readScript;
    this.#readNested = readNested;
  }

  /** The word at the position; undefined when none begins here. `isTest`: inside `[[ … ]]`, where only blanks end it. */
  read(isTest = false): ShellWord | undefined {
    const state = this.#state;
    const start = state.position;
    const parts: WordPart[] = [];
    while (!state.atEnd) {
      const character = state.peek();
      if ((character === '<' || character === '>') && state.peek(1) === '(') {
        parts.push(this.#processSubstitution());
        continue;
      }
      if (isTest ? ' \t\r\n'.includes(character) : ENDS_WORD.includes(character)) break;
      if (character === '\\' && state.peek(1) === '\n') {
        state.position += 2;
        continue;
      }
      this.#readPart(parts, isTest);
    }
    return state.position > start ? wordOf(state, start, parts) : undefined;
  }

  #readPart(parts: WordPart[], isTest: boolean): void {
    const state = this.#state;
    const character = state.peek();
    if (character === "'") parts.push(this.#singleQuoted());
    else if (character === '"') this.#doubleQuoted(parts);
    else if (character === '\\') {
      const start = state.position;
      const text = state.peek(1);
      state.position = Math.min(start + 2, state.end);
      parts.push({ kind: 'literal', text: text === '' ? '\\' : text, quoted: true, span: state.span(start) });
    } else if (character === '`') parts.push(this.#backquoted(false));
    else if (character === '$') parts.push(this.#dollar(false));
    else {
      const start = state.position;
      const stops = isTest ? ' \t\r\n\'"\\`$' : `${ENDS_WORD}'"\\\`$`;
      while (!state.atEnd && !stops.includes(state.peek())) state.position++;
      const text = state.text.slice(start, state.position);
      parts.push({ kind: 'literal', text, quoted: false, span: state.span(start) });
    }
  }

  #singleQuoted(): WordPart {
    const state = this.#state;
    const start = state.position;
    const closing = state.indexOf("'", start + 1);
    if (closing < 0) state.report('unclosed-quote', "The quote ' is not closed.", start, state.end);
    const end = closing < 0 ? state.end : closing;
    state.position = closing < 0 ? state.end : closing + 1;
    return { kind: 'literal', text: state.text.slice(start + 1, end), quoted: true, span: state.span(start) };
  }

  #doubleQuoted(parts: WordPart[]): void {
    const state = this.#state;
    const start = state.position;
    state.position++;
    let text = '';
    let textStart = start;
    let pushed = false;
    const flush = () => {
      if (text !== '') parts.push({ kind: 'literal', text, quoted: true, span: state.span(textStart) });
      pushed ||= text !== '';
      text = '';
    };
    while (!state.atEnd && state.peek() !== '"') {
      const character = state.peek();
      if (character === '\\' && '$`"\\\n'.includes(state.peek(1)) && state.peek(1) !== '') {
        if (text === '') textStart = state.position;
        if (state.peek(1) !== '\n') text += state.peek(1);
        state.position += 2;
      } else if (character === '$' || character === '`') {
        flush();
        parts.push(character === '$' ? this.#dollar(true) : this.#backquoted(true));
        pushed = true;
        textStart = state.position;
      } else {
        text += character;
        state.position++;
      }
    }
    if (state.atEnd) state.report('unclosed-quote', 'The quote " is not closed.', start, state.end);
    else state.position++;
    if (text === '' && !pushed) parts.push({ kind: 'literal', text: '', quoted: true, span: state.span(start) });
    flush();
  }

  #backquoted(quoted: boolean): WordPart {
    const state = this.#state;
    const start = state.position;
    let end = start + 1;
    while (end < state.end && state.text[end] !== '`') end += state.text[end] === '\\' ? 2 : 1;
    const closed = end < state.end;
    end = Math.min(end, state.end);
    if (!closed) state.report('unclosed-substitution', 'The ` is not closed.', start, state.end);
    const script = this.#readNested(start + 1, end);
    state.position = closed ? end + 1 : state.end;
    return { kind: 'command', script, quoted, span: state.span(start) };
  }

  #processSubstitution(): WordPart {
    const start = this.#state.position;
    this.#state.position += 2;
    const script = this.#readScript(')');
    return { kind: 'command', script, quoted: false, span: this.#state.span(start) };
  }

  /** What begins with `$`: a parameter, a substitution, arithmetic, `$'…'`, or a plain dollar sign. */
  #dollar(quoted: boolean): WordPart {
    const state = this.#state;
    const start = state.position;
    const next = state.peek(1);
    if (next === '(') {
      const arithmetic = state.peek(2) === '(' ? state.arithmeticEnd(start + 3) : undefined;
      if (arithmetic !== undefined) {
        const text = state.text.slice(start + 3, arithmetic);
        state.position = arithmetic + 2;
        return { kind: 'arithmetic', text, quoted, span: state.span(start) };
      }
      state.position += 2;
      const script = this.#readScript(')');
      return { kind: 'command', script, quoted, span: state.span(start) };
    }
    if (next === '{') return this.#braced(quoted);
    if (next === "'" && !quoted) {
      state.position++;
      return this.#ansiQuoted(start);
    }
    if (next === '"' && !quoted) {
      state.position++;
      return { kind: 'literal', text: '', quoted: true, span: state.span(start) };
    }
    state.position++;
    const nameStart = state.position;
    if (NAME_START.test(next)) {
      while (NAME_CHARACTER.test(state.peek())) state.position++;
    } else if (next !== '' && (SPECIAL_PARAMETERS.includes(next) || /\d/.test(next))) state.position++;
    const name = state.text.slice(nameStart, state.position);
    if (name === '') return { kind: 'literal', text: '$', quoted, span: state.span(start) };
    const nameSpan = state.span(nameStart);
    return {
      kind: 'parameter',
      name,
      nameSpan,
      operator: undefined,
      operand: '',
      nested: [],
      quoted,
      span: state.span(start),
    };
  }

  /** `$'…'`: the escapes are left as they are, which is enough for what is asked of words. */
  #ansiQuoted(start: number): WordPart {
    const state = this.#state;
    let end = state.position + 1;
    while (end < state.end && state.text[end] !== "'") end += state.text[end] === '\\' ? 2 : 1;
    const closed = end < state.end;
    end = Math.min(end, state.end);
    if (!closed) state.report('unclosed-quote', "The quote ' is not closed.", start, state.end);
    const text = state.text.slice(state.position + 1, end);
    state.position = closed ? end + 1 : state.end;
    return { kind: 'literal', text, quoted: true, span: state.span(start) };
  }

  #braced(quoted: boolean): WordPart {
    const state = this.#state;
    const start = state.position;
    state.position += 2;
    // `${#name}` counts, `${!name}` refers indirectly.
    if ((state.peek() === '#' || state.peek() === '!') && NAME_START.test(state.peek(1))) state.position++;
    const nameStart = state.position;
    if (NAME_START.test(state.peek())) {
      while (NAME_CHARACTER.test(state.peek())) state.position++;
    } else if (/\d/.test(state.peek())) {
      while (/\d/.test(state.peek())) state.position++;
    } else if (!state.atEnd && SPECIAL_PARAMETERS.includes(state.peek())) state.position++;
    const name = state.text.slice(nameStart, state.position);
    const nameSpan = state.span(nameStart);
    const operatorStart = state.position;
    while (':-+=?#%/^,@['.includes(state.peek()) && state.position - operatorStart < 2 && !state.atEnd)
      state.position++;
    const operator = state.text.slice(operatorStart, state.position);
    const operandStart = state.position;
    const nested: WordPart[] = [];
    const closed = this.#skipOperand(nested, quoted);
    const operand = state.text.slice(operandStart, state.position);
    if (closed) state.position++;
    else state.report('unclosed-substitution', 'A closing } is missing.', start, state.end);
    return {
      kind: 'parameter',
      name,
      nameSpan,
      operator: operator === '' ? undefined : operator,
      operand,
      nested,
      quoted,
      span: state.span(start),
    };
  }

  /** Moves to the `}` that closes the expansion; false when there is none. */
  #skipOperand(nested: WordPart[], quoted: boolean): boolean {
    const state = this.#state;
    if (!state.enter(state.position)) return false;
    while (!state.atEnd && state.peek() !== '}') {
      const character = state.peek();
      if (character === '\\') state.position = Math.min(state.position + 2, state.end);
      else if (character === "'" && !quoted) this.#singleQuoted();
      else if (character === '"') this.#doubleQuoted(nested);
      else if (character === '`') nested.push(this.#backquoted(quoted));
      else if (character === '$') nested.push(this.#dollar(quoted));
      else state.position++;
    }
    state.leave();
    return !state.atEnd;
  }
}

function wordOf(state: ShellState, start: number, parts: readonly WordPart[]): ShellWord {
  let prefix = '';
  let known = true;
  for (const part of parts) {
    if (part.kind !== 'literal') {
      known = false;
      break;
    }
    prefix += part.text;
  }
  return {
    span: state.span(start),
    written: state.text.slice(start, state.position),
    parts,
    text: known ? prefix : undefined,
    prefix,
  };
}
