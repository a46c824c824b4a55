import type { Span } from '../../text/sourceText.ts';
import type { ShellCommand, ShellScript, ShellWord, WordPart } from './shellScript.ts';

/** A `$name` that a script reads. */
export interface VariableRead {
  readonly name: string;
  /** The name alone, without the dollar sign. */
  readonly span: Span;
  /** `${x:-y}`, `${x+y}` or `${x:?y}`: the script says what to do without a value. */
  readonly hasDefault: boolean;
}

/**
 * The variables that a script reads without setting them anywhere: by assignment, `for`, `read`, `export`, `local`, …
 * The order does not matter, and reads with a default (`${x:-y}`) do not count. A script that reads in others
 * (`source`, `eval`) may set anything: it gives none.
 */
export function unsetVariables(script: ShellScript): VariableRead[] {
  const collector = new VariableCollector();
  collector.script(script);
  if (collector.open) return [];
  return collector.reads.filter(({ name, hasDefault }) => !hasDefault && !collector.names.has(name));
}

/** Every read of a variable that the script does not set itself, those with a default included. */
export function outerVariables(script: ShellScript): VariableRead[] {
  const collector = new VariableCollector();
  collector.script(script);
  return collector.reads.filter(({ name }) => !collector.names.has(name));
}

const SETS_NAMES: ReadonlySet<string> = new Set([
  'read',
  'export',
  'local',
  'declare',
  'typeset',
  'readonly',
  'mapfile',
  'readarray',
  'getopts',
  'unset',
  'let',
  'printf',
]);
const RUNS_OTHER_TEXT: ReadonlySet<string> = new Set(['.', 'source', 'eval', 'set', 'trap']);

class VariableCollector {
  readonly names = new Set<string>();
  readonly reads: VariableRead[] = [];
  open = false;

  script(script: ShellScript): void {
    for (const item of script.items) for (const command of item.pipeline.commands) this.#command(command);
  }

  #command(command: ShellCommand): void {
    for (const word of command.words) this.#word(word);
    for (const { target } of command.redirections) if (target) this.#word(target);
    if (command.kind === 'compound') {
      if (command.name !== undefined) this.names.add(command.name);
      // Arithmetic and `[[ … ]]` may set variables in ways that are not read here.
      if (command.type === 'arithmetic') this.open = true;
      for (const part of [...command.conditions, ...command.bodies]) this.script(part);
      return;
    }
    for (const assignment of command.assignments) {
      this.names.add(assignment.name);
      if (assignment.value) this.#word(assignment.value);
    }
    const name = command.words[0]?.text;
    if (name === undefined) return;
    const isPlainSet =
      name === 'set' &&
      command.words.slice(1).every((word) => /^[-+]/.test(word.prefix) || /^[a-z]+$/.test(word.text ?? ''));
    if (RUNS_OTHER_TEXT.has(name) && !isPlainSet) this.open = true;
    if (!SETS_NAMES.has(name)) return;
    for (const word of command.words.slice(1)) {
      const set = /^[A-Za-z_]\w*/.exec(word.prefix)?.[0];
      if (set !== undefined) this.names.add(set);
    }
  }

  #word(word: ShellWord): void {
    for (const part of word.parts) this.#part(part);
  }

  #part(part: WordPart): void {
    if (part.kind === 'command') this.script(part.script);
    if (part.kind === 'arithmetic')
      for (const match of part.text.matchAll(/([A-Za-z_]\w*)\s*(?:=(?!=)|\+\+|--)/g)) this.names.add(match[1]!);
    if (part.kind !== 'parameter') return;
    for (const nested of part.nested) this.#part(nested);
    const { name, nameSpan, operator } = part;
    if (operator?.includes('=')) this.names.add(name);
    const hasDefault = operator !== undefined && /^:?[-+?=]/.test(operator);
    this.reads.push({ name, span: nameSpan, hasDefault });
  }
}
