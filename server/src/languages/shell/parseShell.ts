import type { Span } from '../../text/sourceText.ts';
import { ShellLines } from './shellLines.ts';
import type {
  CompoundCommand,
  ListItem,
  ParsedShell,
  ShellCommand,
  ShellPipeline,
  ShellRedirection,
  ShellScript,
  ShellWord,
} from './shellScript.ts';
import { ShellState } from './shellState.ts';
import { PlainShellText, type ShellText } from './shellText.ts';
import { SimpleCommandReader } from './simpleCommandReader.ts';
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

class ShellParser {
  readonly #state: ShellState;
  readonly #words: WordReader;
  readonly #lines: ShellLines;
  readonly #simple: SimpleCommandReader;

  constructor(state: ShellState, readsHeredocs: boolean) {
    this.#state = state;
    this.#lines = new ShellLines(state);
    this.#words = new WordReader(
      state,
      () => this.#substitution(),
      (start, end) => this.#nested(start, end),
    );
    this.#simple = new SimpleCommandReader(state, this.#words, this.#lines, readsHeredocs);
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
      const code = reserved === undefined ? 'unexpected-word' : 'stray-closing';
      state.report(code, `"${stray}" is not expected here.`, start, state.position);
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
      this.#lines.skipLines();
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
    this.#lines.skipBlanks();
    const start = state.position;
    for (const token of ['&&', '||'] as const) {
      if (!state.startsWith(token)) continue;
      state.position += 2;
      const separatorSpan = state.span(start);
      this.#lines.skipLines();
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
      if (character === '\n') this.#lines.readHeredocBodies();
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
    for (let prefix = this.#prefix(); prefix !== undefined; prefix = this.#prefix()) {
      if (prefix === '!') negated = !negated;
      state.position += prefix.length;
      this.#lines.skipBlanks();
    }
    for (;;) {
      const command = this.#command();
      if (command) commands.push(command);
      this.#lines.skipBlanks();
      if (!command || state.peek() !== '|' || state.startsWith('||')) {
        if (!command && pipes.length > 0) {
          state.report('missing-command', 'A command is missing after "|".', state.position, state.position);
        }
        break;
      }
      const pipeStart = state.position;
      state.position += state.startsWith('|&') ? 2 : 1;
      pipes.push(state.span(pipeStart));
      this.#lines.skipLines();
    }
    return { commands, negated, pipes, span: state.span(start) };
  }

  /** `!`, or bash's `time` before anything but a plain command, which it may as well be the name of. */
  #prefix(): string | undefined {
    if (this.#reserved() === '!') return '!';
    const { text, position, end } = this.#state;
    return TIMED.exec(text.slice(position, Math.min(position + LONGEST_PREFIX, end)))?.[0];
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
        return this.#simpleCommand();
    }
  }

  #simpleCommand(): ShellCommand | undefined {
    const start = this.#state.position;
    const read = this.#simple.read();
    return read?.kind === 'function' ? this.#functionBody(start, read.name) : read;
  }

  #enclosed(type: 'subshell' | 'group', opening: string, closing: ')' | '}'): CompoundCommand {
    const state = this.#state;
    const start = state.position;
    state.position += opening.length;
    const body = this.#body(closing === ')' ? { words: [], closing } : { words: ['}'], closing: '' }, opening);
    this.#expect(closing, opening, start);
    return this.#compound(type, start, { bodies: [body] });
  }

  /** The list between two words of which neither may stand alone. */
  #body(terminators: Terminators, opening: string): ShellScript {
    const state = this.#state;
    const before = state.position;
    const body = this.#list(terminators);
    const { closing, words } = terminators;
    const isClosed = closing === '' ? words.includes(this.#reserved() ?? '') : state.peek() === closing;
    if (body.items.length === 0 && isClosed) {
      state.report('missing-command', `A command is missing after "${opening}".`, before - opening.length, before);
    }
    return body;
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
      bodies.push(this.#body({ words: ['elif', 'else', 'fi'], closing: '' }, 'then'));
      const reserved = this.#reserved();
      if (reserved === 'elif') {
        state.position += 4;
        continue;
      }
      if (reserved === 'else') {
        state.position += 4;
        bodies.push(this.#body({ words: ['fi'], closing: '' }, 'else'));
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
    this.#lines.skipBlanks();
    let name: string | undefined;
    const words: ShellWord[] = [];
    if (state.startsWith('((')) {
      const end = state.arithmeticEnd(state.position + 2);
      state.position = end === undefined ? state.end : end + 2;
    } else {
      name = this.#words.read()?.text;
      this.#lines.skipLines();
      if (this.#reserved() === 'in') {
        state.position += 2;
        this.#lines.skipBlanks();
        for (let word = this.#words.read(); word; word = this.#words.read()) {
          words.push(word);
          this.#lines.skipBlanks();
        }
      }
    }
    this.#lines.skipBlanks();
    if (state.peek() === ';' || state.peek() === '\n') state.position++;
    this.#lines.skipLines();
    const bodies =
      this.#reserved() === '{' ? [...this.#enclosed('group', '{', '}').bodies] : this.#doGroup(start, opening);
    return this.#compound('loop', start, { bodies, words, name });
  }

  #doGroup(start: number, opening: string): ShellScript[] {
    if (!this.#expect('do', opening, start)) return [];
    const body = this.#body({ words: ['done'], closing: '' }, 'do');
    this.#expect('done', opening, start);
    return [body];
  }

  #case(): CompoundCommand {
    const state = this.#state;
    const start = state.position;
    state.position += 4;
    this.#lines.skipBlanks();
    const subject = this.#words.read();
    this.#lines.skipLines();
    const bodies: ShellScript[] = [];
    if (this.#expect('in', 'case', start)) {
      for (;;) {
        this.#lines.skipLines();
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
      this.#lines.skipBlanks();
      this.#words.read();
      this.#lines.skipBlanks();
      if (state.peek() !== '|') break;
      state.position++;
    }
    if (state.peek() === ')') state.position++;
  }

  #function(): CompoundCommand {
    const state = this.#state;
    const start = state.position;
    state.position += 'function'.length;
    this.#lines.skipBlanks();
    const name = this.#words.read()?.text;
    return this.#functionBody(start, name);
  }

  #functionBody(start: number, name: string | undefined): CompoundCommand {
    const state = this.#state;
    this.#lines.skipBlanks();
    if (state.peek() === '(') {
      state.position++;
      this.#lines.skipBlanks();
      if (state.peek() === ')') state.position++;
    }
    this.#lines.skipLines();
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
      this.#lines.skipLines();
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
    this.#lines.skipBlanks();
    for (let next = this.#simple.redirection(); next; next = this.#simple.redirection()) {
      redirections.push(next);
      this.#lines.skipBlanks();
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

  /** The reserved word at the position, when one stands there. */
  #reserved(): string | undefined {
    const state = this.#state;
    return RESERVED.exec(state.text.slice(state.position, Math.min(state.position + 10, state.end)))?.[0];
  }

  #expect(closing: string, opening: string, start: number): boolean {
    const state = this.#state;
    this.#lines.skipLines();
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
}

const LONGEST_PREFIX = 32;
const TIMED = /^time(?: +-p)? +(?=[({]|(?:if|for|while|until|case|\[\[|!) )/;

const CLOSING_WORDS: ReadonlySet<string> = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}']);
