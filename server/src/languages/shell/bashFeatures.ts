import type { Span } from '../../text/sourceText.ts';
import type { CommandUse } from './commandUses.ts';
import type {
  CompoundCommand,
  ShellCommand,
  ShellPipeline,
  ShellRedirection,
  ShellScript,
  ShellWord,
  SimpleCommand,
  WordPart,
} from './shellScript.ts';

/** Something that bash knows and a plain POSIX shell, such as dash, does not. */
export interface BashFeature {
  readonly span: Span;
  /** Follows "the shell has no": `[[`, `arrays`. */
  readonly what: string;
  /** The shell of BusyBox knows it all the same. */
  readonly inBusyBox: boolean;
}

/**
 * What dash would refuse, or take for something else, in the grammar of a script. What commands are given is in
 * `bashOptions`. `textOf` gives the document's text of a span.
 */
export function bashFeatures(script: ShellScript, textOf: (span: Span) => string): BashFeature[] {
  const collector = new FeatureCollector(textOf);
  collector.script(script);
  return collector.found;
}

class FeatureCollector {
  readonly found: BashFeature[] = [];
  readonly #textOf: (span: Span) => string;

  constructor(textOf: (span: Span) => string) {
    this.#textOf = textOf;
  }

  script(script: ShellScript): void {
    for (const { pipeline } of script.items) this.#pipeline(pipeline);
  }

  #pipeline({ commands, pipes }: ShellPipeline): void {
    for (const pipe of pipes) if (pipe.end - pipe.start === 2) this.#add(pipe, '|&', false);
    for (const command of commands) this.#command(command);
  }

  #command(command: ShellCommand): void {
    for (const redirection of command.redirections) this.#redirection(redirection);
    if (command.kind === 'compound') this.#compound(command);
    else this.#simple(command);
  }

  #simple({ assignments, words }: SimpleCommand): void {
    for (const { span, value, appends } of assignments) {
      if (!value) this.#add(span, 'arrays', false);
      else if (appends) this.#add(span, '+=', false);
      if (value) this.#parts(value.parts);
    }
    for (const word of words) this.#word(word);
  }

  #compound(command: CompoundCommand): void {
    const { type, span, words, name, conditions, bodies } = command;
    const keyword = (length: number) => ({ start: span.start, end: span.start + length });
    if (type === 'test') this.#add(keyword(2), '[[', true);
    else for (const word of words) this.#word(word);
    if (type === 'arithmetic') this.#add(keyword(2), '(( ))', false);
    if (type === 'loop' && name === undefined && /^for\s*\(\(/.test(this.#textOf(span)))
      this.#add(keyword(3), 'for (( ))', false);
    if (type === 'loop' && this.#textOf(keyword(6)) === 'select') this.#add(keyword(6), 'select', false);
    if (type === 'function' && /^function\s/.test(this.#textOf(keyword(9))))
      this.#add(keyword(8), 'word "function"', true);
    for (const part of [...conditions, ...bodies]) this.script(part);
  }

  #redirection({ operator, span, target }: ShellRedirection): void {
    if (operator === '<<<') this.#add(span, '<<<', true);
    if (operator === '&>' || operator === '&>>') this.#add(span, operator, true);
    if (operator === '>&' && target?.text !== undefined && !/^(?:\d+|-)$/.test(target.text))
      this.#add(span, '>& for files', true);
    if (/^\/dev\/(?:tcp|udp)\//.test(target?.prefix ?? '')) this.#add(span, '/dev/tcp', false);
    if (target) this.#parts(target.parts);
  }

  #word(word: ShellWord): void {
    this.#parts(word.parts);
    const list = word.parts.some(
      (part) =>
        part.kind === 'literal' && !part.quoted && /(?:^|[^$\\])\{[^{}\s'"]*(?:,|\.\.)[^{}\s'"]*\}/.test(part.text),
    );
    if (list) this.#add(word.span, 'lists in braces, so this is taken as it stands', false);
    if (/^[<>]\(/.test(word.written)) this.#add(word.span, `${word.written[0]}( )`, false);
  }

  #parts(parts: readonly WordPart[]): void {
    for (const part of parts) {
      if (part.kind === 'command') {
        if (isFileRead(part.script)) this.#add(part.span, '$(<file), so this is empty', true);
        this.script(part.script);
      } else if (part.kind === 'arithmetic') {
        const operator = /\+\+|\*\*/.exec(part.text)?.[0];
        if (operator !== undefined) this.#add(part.span, `${operator} in arithmetic`, true);
      } else if (part.kind === 'parameter') {
        const what = expansionOf(part);
        if (what) this.#add(part.span, what.what, what.inBusyBox);
        this.#parts(part.nested);
      } else if (part.quoted && part.span.end - part.span.start === part.text.length + 3) {
        // Two characters before the text and one behind it.
        if (this.#textOf({ start: part.span.start, end: part.span.start + 2 }) === "$'")
          this.#add(part.span, "$' '", true);
      }
    }
  }

  #add(span: Span, what: string, inBusyBox: boolean): void {
    this.found.push({ span, what, inBusyBox });
  }
}

/** `$(<file)`. */
function isFileRead({ items }: ShellScript): boolean {
  const command = items.length === 1 ? items[0]!.pipeline.commands[0] : undefined;
  if (command?.kind !== 'simple' || command.words.length + command.assignments.length > 0) return false;
  return command.redirections.length === 1 && command.redirections[0]!.operator === '<';
}

function expansionOf(
  part: Extract<WordPart, { kind: 'parameter' }>,
): { readonly what: string; readonly inBusyBox: boolean } | undefined {
  const { name, nameSpan, span, operator } = part;
  if (!/^[A-Za-z_]/.test(name)) return undefined;
  // `${!name}`: two characters and the mark stand before the name; `${#name}` has an operator of every shell.
  const first = operator?.[0];
  if (operator === ':') return { what: `\${${name}:start:length}`, inBusyBox: true };
  if (first === '/') return { what: `\${${name}/pattern/text}`, inBusyBox: true };
  if (first === '^' || first === ',') return { what: `\${${name}${first}}`, inBusyBox: false };
  if (first === '@') return { what: `\${${name}@…}`, inBusyBox: false };
  if (first === '[' && span.end > nameSpan.end) return { what: 'arrays', inBusyBox: false };
  return undefined;
}

const BUILT_INS_OF_BASH: ReadonlySet<string> = new Set([
  'pushd',
  'popd',
  'dirs',
  'shopt',
  'declare',
  'typeset',
  'mapfile',
  'readarray',
  'disown',
  'compgen',
  'enable',
]);

/** The same of the commands of a script: built-in commands, and options of those that every shell has. */
export function bashOptions(uses: readonly CommandUse[]): BashFeature[] {
  return uses.flatMap((use): BashFeature[] => {
    const { name, nameWord, arguments: words } = use;
    // `bash -c '…'` is read by another shell, and `env echo` is no built-in command.
    if (use.wrappers.length > 0 || (use.innerOf && use.innerOf.name !== 'sh')) return [];
    const at = (word: ShellWord | undefined, what: string, inBusyBox: boolean): BashFeature[] =>
      word ? [{ span: word.span, what, inBusyBox }] : [];
    const first = words[0];
    if (nameWord.text !== name) return [];
    if (name === 'source') return at(nameWord, 'source (it has ".")', true);
    if (name === 'let') return at(nameWord, 'let', true);
    if (BUILT_INS_OF_BASH.has(name)) return at(nameWord, name, false);
    switch (name) {
      case 'echo':
        return at(
          /^-[nE]*e[neE]*$/.test(first?.text ?? '') ? first : undefined,
          `echo ${first?.text}, so this is printed`,
          true,
        );
      case '[':
      case 'test':
        return words.flatMap((word, index) => {
          if (index > 0 && word.written === '==') return at(word, '== (it has =)', true);
          if (index > 0 && word.written === '=~') return at(word, '=~', false);
          return index === 0 && word.written === '-v' ? at(word, '-v', false) : [];
        });
      case 'read':
        return at(
          words.find(({ text }) => /^-[a-zA-Z]*[adeinNstu]/.test(text ?? '')),
          'such option of read',
          true,
        );
      case 'export':
        return at(
          words.find(({ text }) => /^-[fn]+$/.test(text ?? '')),
          'such option of export',
          false,
        );
      case 'printf':
        if (first?.text === '-v') return at(first, 'printf -v', false);
        return at(/%q/.test(first?.text ?? '') ? first : undefined, '%q in printf', false);
      case 'trap':
        return at(
          words.slice(1).find(({ text }) => /^(?:ERR|DEBUG|RETURN)$/.test(text ?? '')),
          'such signal',
          false,
        );
      default:
        return [];
    }
  });
}
