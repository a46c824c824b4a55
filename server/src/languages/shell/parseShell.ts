import type { Span } from '../../text/sourceText.ts';
import type {
  CompoundCommand,
  ListItem,
  ParsedShell,
  ShellAssignment,
  ShellCommand,
  ShellPipeline,
  ShellRedirection,
  ShellScript,
  ShellWord,
  SimpleCommand,
  WordPart,
} from './shellScript.ts';
import { ShellState } from './shellState.ts';
import { PlainShellText, type ShellText } from './shellText.ts';
import { WordReader } from './wordReader.ts';

export interface ShellOptions {
  /** `elsewhere`: the lines of heredocs are not part of the text, as in the first lines of a Dockerfile's RUN. */
  readonly heredocs: 'inline' | 'elsewhere';
}

/**
 * Reads a script of the POSIX shell, with what bash adds to it, into commands and words. Never throws; what a shell
 * would refuse is a problem, and reading goes on behind it. Takes time linear in the text.
 */
export function parseShell(source: ShellText | string, options: ShellOptions = { heredocs: 'inline' }): ParsedShell {
  const text = typeof source === 'string' ? new PlainShellText(source) : source;
  const state = new ShellState(text);
  const script = new ShellParser(state, options.heredocs === 'inline').readAll();
  return { script, comments: state.comments, problems: state.problems };
}

/** What may end a list: reserved words in the place of a command, or a character. */
interface Terminators {
  readonly words: readonly string[];
  readonly closing: ')' | ';;' | '';
}

const NOTHING: Terminators = { words: [], closing: '' };
const RESERVED =
  /^(?:if|then|elif|else|fi|for|while|until|do|done|case|esac|select|function|in|\{|\}|!|\[\[)(?=[\s;&|<>()]|$)/;
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*(?:\[[^\]\s]*\])?\+?=/;
const REDIRECTION = /^(?:\d*|\{[A-Za-z_][A-Za-z0-9_]*\})(?:&>>|&>|<<<|<<-|<<|<>|<&|>>|>&|>\||<|>)/;

interface PendingHeredoc {
  readonly redirection: { body: Span | undefined };
  readonly delimiter: string;
  readonly stripsTabs: boolean;
}

class ShellParser {
  readonly #state: ShellState;
  readonly #words: WordReader;
  readonly #readsHeredocs: boolean;
  #pending: PendingHeredoc[] = [];

  constructor(state: ShellState, readsHeredocs: boolean) {
    this.#state = state;
    this.#readsHeredocs = readsHeredocs;
    this.#words = new WordReader(
      state,
      () => this.#substitution(),
      (start, end) => this.#nested(start, end),
    );
  }

  readAll(): ShellScript {
    const state = this.#state;
    const script = this.#list(NOTHING);
    const items = [...script.items];
    while (!state.atEnd) {
      // Only a closing character or word without its opening stops a list here.
      const start = state.position;
      const reserved = this.#reserved();
      state.position += reserved?.length ?? 1;
      if (reserved === undefined && (state.startsWith(';') || state.startsWith('&'))) state.position++;
      const stray = state.text.slice(start, state.position);
      state.report('unexpected-word', `"${stray}" is not expected here.`, start, state.position);
      items.push(...this.#list(NOTHING).items);
    }
    return { items, span: state.span(0, state.end) };
  }

  /** Reads the inside of `$( … )` and moves behind the closing parenthesis. */
  #substitution(): ShellScript {
    const state = this.#state;
    const start = state.position;
    const script = this.#list({ words: [], closing: ')' });
    if (state.peek() === ')') state.position++;
    else state.report('unclosed-substitution', 'A closing ) is missing.', start - 2, state.end);
    return script;
  }

  /** Reads the part `[start, end)` of the text as a script of its own. */
  #nested(start: number, end: number): ShellScript {
    const state = this.#state;
    const { end: outerEnd } = state;
    state.position = start;
    state.end = end;
    const script = this.#list(NOTHING);
    if (!state.atEnd) state.report('unexpected-word', `"${state.peek()}" is not expected here.`, state.position, end);
    state.end = outerEnd;
    return script;
  }

  #list(terminators: Terminators): ShellScript {
    const state = this.#state;
    const start = state.position;
    const items: ListItem[] = [];
    if (!state.enter(start)) return { items, span: state.span(start) };
    for (;;) {
      this.#skipLines();
      if (state.atEnd || this.#endsHere(terminators)) break;
      const before = state.position;
      const pipeline = this.#pipeline();
      if (pipeline.commands.length > 0) items.push(this.#withSeparator(pipeline));
      else if (state.position === before && !this.#skipStraySeparator()) break;
    }
    state.leave();
    return { items, span: state.span(start) };
  }

  /** Steps over `;`, `&`, `|` … that nothing stands before; false when something else stops the list. */
  #skipStraySeparator(): boolean {
    const state = this.#state;
    const start = state.position;
    if (!';&|'.includes(state.peek()) || state.atEnd) return false;
    state.position += state.startsWith('&&') || state.startsWith('||') ? 2 : 1;
    const written = state.text.slice(start, state.position);
    state.report('missing-command', `A command is missing before "${written}".`, start, state.position);
    return true;
  }

  #withSeparator(pipeline: ShellPipeline): ListItem {
    const state = this.#state;
    this.#skipBlanks();
    const start = state.position;
    for (const token of ['&&', '||'] as const) {
      if (!state.startsWith(token)) continue;
      state.position += 2;
      const separatorSpan = state.span(start);
      this.#skipLines();
      if (state.atEnd || state.peek() === ')') {
        state.report('missing-command', `A command is missing after "${token}".`, start, start + 2);
      }
      return { pipeline, separator: token, separatorSpan };
    }
    if (state.startsWith(';;') || state.startsWith(';&') || state.atEnd)
      return { pipeline, separator: undefined, separatorSpan: undefined };
    const character = state.peek();
    if (character === ';' || character === '&' || character === '\n') {
      state.position++;
      const separatorSpan = state.span(start);
      if (character === '\n') this.#readHeredocBodies();
      return { pipeline, separator: character === '&' ? '&' : ';', separatorSpan };
    }
    return { pipeline, separator: undefined, separatorSpan: undefined };
  }

  #endsHere(terminators: Terminators): boolean {
    const state = this.#state;
    if (state.peek() === ')') return true;
    if (state.startsWith(';;') || state.startsWith(';&')) return true;
    const reserved = this.#reserved();
    if (reserved === undefined) return false;
    // A closing word ends every list: where it is not expected, the outer reader says so.
    return terminators.words.includes(reserved) || CLOSING_WORDS.has(reserved);
  }

  #pipeline(): ShellPipeline {
    const state = this.#state;
    const start = state.position;
    const commands: ShellCommand[] = [];
    const pipes: Span[] = [];
    let negated = false;
    while (this.#reserved() === '!') {
      negated = !negated;
      state.position++;
      this.#skipBlanks();
    }
    for (;;) {
      const command = this.#command();
      if (command) commands.push(command);
      this.#skipBlanks();
      if (!command || state.peek() !== '|' || state.startsWith('||')) {
        if (!command && pipes.length > 0) {
          state.report('missing-command', 'A command is missing after "|".', state.position, state.position);
        }
        break;
      }
      const pipeStart = state.position;
      state.position += state.startsWith('|&') ? 2 : 1;
      pipes.push(state.span(pipeStart));
      this.#skipLines();
    }
    return { commands, negated, pipes, span: state.span(start) };
  }

  #command(): ShellCommand | undefined {
    const state = this.#state;
    if (state.atEnd) return undefined;
    if (state.startsWith('((')) {
      const end = state.arithmeticEnd(state.position + 2);
      if (end !== undefined) {
        const start = state.position;
        state.position = end + 2;
        return this.#compound('arithmetic', start, {});
      }
    }
    if (state.peek() === '(') return this.#enclosed('subshell', '(', ')');
    const reserved = this.#reserved();
    switch (reserved) {
      case '{':
        return this.#enclosed('group', '{', '}');
      case 'if':
        return this.#if();
      case 'while':
      case 'until':
        return this.#loop();
      case 'for':
      case 'select':
        return this.#for();
      case 'case':
        return this.#case();
      case 'function':
        return this.#function();
      case '[[':
        return this.#test();
      default:
        if (reserved !== undefined && CLOSING_WORDS.has(reserved)) return undefined;
        return this.#simple();
    }
  }

  #enclosed(type: 'subshell' | 'group', opening: string, closing: ')' | '}'): CompoundCommand {
    const state = this.#state;
    const start = state.position;
    state.position += opening.length;
    const body = this.#list(closing === ')' ? { words: [], closing } : { words: ['}'], closing: '' });
    this.#expect(closing, opening, start);
    return this.#compound(type, start, { bodies: [body] });
  }

  #if(): CompoundCommand {
    const state = this.#state;
    const start = state.position;
    const conditions: ShellScript[] = [];
    const bodies: ShellScript[] = [];
    state.position += 2;
    for (;;) {
      conditions.push(this.#list({ words: ['then'], closing: '' }));
      if (!this.#expect('then', 'if', start)) break;
      bodies.push(this.#list({ words: ['elif', 'else', 'fi'], closing: '' }));
      const reserved = this.#reserved();
      if (reserved === 'elif') {
        state.position += 4;
        continue;
      }
      if (reserved === 'else') {
        state.position += 4;
        bodies.push(this.#list({ words: ['fi'], closing: '' }));
      }
      this.#expect('fi', 'if', start);
      break;
    }
    return this.#compound('if', start, { conditions, bodies });
  }

  #loop(): CompoundCommand {
    const state = this.#state;
    const start = state.position;
    state.position += 5;
    const conditions = [this.#list({ words: ['do'], closing: '' })];
    const bodies = this.#doGroup(start, state.text.slice(start, start + 5));
    return this.#compound('loop', start, { conditions, bodies });
  }

  #for(): CompoundCommand {
    const state = this.#state;
    const start = state.position;
    const opening = this.#reserved()!;
    state.position += opening.length;
    this.#skipBlanks();
    let name: string | undefined;
    const words: ShellWord[] = [];
    if (state.startsWith('((')) {
      const end = state.arithmeticEnd(state.position + 2);
      state.position = end === undefined ? state.end : end + 2;
    } else {
      name = this.#words.read()?.text;
      this.#skipLines();
      if (this.#reserved() === 'in') {
        state.position += 2;
        this.#skipBlanks();
        for (let word = this.#words.read(); word; word = this.#words.read()) {
          words.push(word);
          this.#skipBlanks();
        }
      }
    }
    this.#skipBlanks();
    if (state.peek() === ';' || state.peek() === '\n') state.position++;
    this.#skipLines();
    const bodies =
      this.#reserved() === '{' ? [...this.#enclosed('group', '{', '}').bodies] : this.#doGroup(start, opening);
    return this.#compound('loop', start, { bodies, words, name });
  }

  #doGroup(start: number, opening: string): ShellScript[] {
    if (!this.#expect('do', opening, start)) return [];
    const body = this.#list({ words: ['done'], closing: '' });
    this.#expect('done', opening, start);
    return [body];
  }

  #case(): CompoundCommand {
    const state = this.#state;
    const start = state.position;
    state.position += 4;
    this.#skipBlanks();
    const subject = this.#words.read();
    this.#skipLines();
    const bodies: ShellScript[] = [];
    if (this.#expect('in', 'case', start)) {
      for (;;) {
        this.#skipLines();
        if (state.atEnd || this.#reserved() === 'esac') break;
        const before = state.position;
        this.#skipPatterns();
        bodies.push(this.#list({ words: ['esac'], closing: ';;' }));
        if (state.startsWith(';;&')) state.position += 3;
        else if (state.startsWith(';;') || state.startsWith(';&')) state.position += 2;
        if (state.position === before) break;
      }
      this.#expect('esac', 'case', start);
    }
    return this.#compound('case', start, { bodies, words: subject ? [subject] : [] });
  }

  /** Steps over `(a | b)` to the list that follows. */
  #skipPatterns(): void {
    const state = this.#state;
    if (state.peek() === '(') state.position++;
    for (;;) {
      this.#skipBlanks();
      this.#words.read();
      this.#skipBlanks();
      if (state.peek() !== '|') break;
      state.position++;
    }
    if (state.peek() === ')') state.position++;
  }

  #function(): CompoundCommand {
    const state = this.#state;
    const start = state.position;
    state.position += 'function'.length;
    this.#skipBlanks();
    const name = this.#words.read()?.text;
    return this.#functionBody(start, name);
  }

  #functionBody(start: number, name: string | undefined): CompoundCommand {
    const state = this.#state;
    this.#skipBlanks();
    if (state.peek() === '(') {
      state.position++;
      this.#skipBlanks();
      if (state.peek() === ')') state.position++;
    }
    this.#skipLines();
    const bodyStart = state.position;
    const body = state.enter(bodyStart) ? this.#command() : undefined;
    if (body) state.leave();
    else state.report('missing-command', 'The function has no body.', start, state.position);
    const pipeline = body && { commands: [body], negated: false, pipes: [], span: state.span(bodyStart) };
    const bodies = pipeline
      ? [
          {
            items: [{ pipeline, separator: undefined, separatorSpan: undefined }],
            span: state.span(bodyStart),
          },
        ]
      : [];
    return this.#compound('function', start, { bodies, name });
  }

  #test(): CompoundCommand {
    const state = this.#state;
    const start = state.position;
    state.position += 2;
    const words: ShellWord[] = [];
    for (;;) {
      this.#skipLines();
      if (/^\]\](?=[\s;&|)<>]|$)/.test(state.text.slice(state.position, Math.min(state.position + 3, state.end)))) {
        state.position += 2;
        return this.#compound('test', start, { words });
      }
      const word = this.#words.read(true);
      if (!word) break;
      words.push(word);
    }
    state.report('unclosed-block', 'A closing ]] is missing.', start, start + 2);
    return this.#compound('test', start, { words });
  }

  #compound(
    type: CompoundCommand['type'],
    start: number,
    parts: Partial<Pick<CompoundCommand, 'conditions' | 'bodies' | 'words' | 'name'>>,
  ): CompoundCommand {
    const redirections: ShellRedirection[] = [];
    this.#skipBlanks();
    for (let next = this.#redirection(); next; next = this.#redirection()) {
      redirections.push(next);
      this.#skipBlanks();
    }
    return {
      kind: 'compound',
      type,
      conditions: parts.conditions ?? [],
      bodies: parts.bodies ?? [],
      words: parts.words ?? [],
      name: parts.name,
      redirections,
      span: this.#state.span(start, this.#endOfLastWord(start)),
    };
  }

  #simple(): ShellCommand | undefined {
    const state = this.#state;
    const start = state.position;
    let end = start;
    const assignments: ShellAssignment[] = [];
    const words: ShellWord[] = [];
    const redirections: ShellRedirection[] = [];
    for (;;) {
      this.#skipBlanks();
      const redirection = this.#redirection();
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
        if (isFunction && assignments.length === 0) return this.#functionBody(start, words[0]!.text);
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
      this.#skipLines();
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

  #redirection(): ShellRedirection | undefined {
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
    this.#skipBlanks();
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
      this.#pending.push({ redirection, delimiter: target.prefix, stripsTabs: operator === '<<-' });
    }
    return redirection;
  }

  /** Called behind a line break: the lines that follow belong to the heredocs announced before it. */
  #readHeredocBodies(): void {
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

  /** The reserved word at the position, when one stands there. */
  #reserved(): string | undefined {
    const state = this.#state;
    return RESERVED.exec(state.text.slice(state.position, Math.min(state.position + 10, state.end)))?.[0];
  }

  #expect(closing: string, opening: string, start: number): boolean {
    const state = this.#state;
    this.#skipLines();
    const found = closing === ')' ? state.peek() === ')' : this.#reserved() === closing;
    if (found) {
      state.position += closing.length;
      return true;
    }
    state.report('unclosed-block', `"${closing}" is missing after "${opening}".`, start, start + opening.length);
    return false;
  }

  #endOfLastWord(start: number): number {
    const { text, position } = this.#state;
    let end = position;
    while (end > start && ' \t\r'.includes(text[end - 1]!)) end--;
    return end;
  }

  /** Steps over blanks, joined lines and comments, but not over line breaks. */
  #skipBlanks(): void {
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

  #atWordStart(): boolean {
    const before = this.#state.text[this.#state.position - 1];
    return before === undefined || ' \t\r\n;&|()`'.includes(before);
  }

  #skipLines(): void {
    for (;;) {
      this.#skipBlanks();
      if (this.#state.peek() !== '\n') return;
      this.#state.position++;
      this.#readHeredocBodies();
    }
  }
}

const CLOSING_WORDS: ReadonlySet<string> = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}']);

/** No variable name or file descriptor is longer; keeps the reading of long words linear. */
const LONGEST_NAME = 256;
