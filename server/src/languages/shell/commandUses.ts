import { parseShell } from './parseShell.ts';
import type {
  ListItem,
  ShellCommand,
  ShellPipeline,
  ShellScript,
  ShellWord,
  SimpleCommand,
  WordPart,
} from './shellScript.ts';
import type { ShellText } from './shellText.ts';

/** One program that a script runs, seen through `sudo`, `env`, `exec` and the like. */
export interface CommandUse {
  /** Without its folder: `apt-get` for `/usr/bin/apt-get`. */
  readonly name: string;
  readonly nameWord: ShellWord;
  /** What follows the name. */
  readonly arguments: readonly ShellWord[];
  /** The names of the programs that run it, outermost first: `sudo`, `env`. */
  readonly wrappers: readonly string[];
  readonly command: SimpleCommand;
  readonly pipeline: ShellPipeline;
  readonly item: ListItem;
  /** The list that the pipeline stands in, and where. */
  readonly list: ShellScript;
  readonly index: number;
  /** Inside `$( … )`, backquotes or `<( … )`: its output is used. */
  readonly substituted: boolean;
  /** Inside a loop, branch, function or subshell. */
  readonly nested: boolean;
  /** Its status decides a branch: the condition of `if` or `while`. */
  readonly condition: boolean;
  /** The `sh -c '…'` or `su -c '…'` whose script it stands in. */
  readonly innerOf: CommandUse | undefined;
}

type Context = Pick<CommandUse, 'substituted' | 'nested' | 'condition' | 'innerOf'>;

/** Gives the text of a word, from which an inner script (`sh -c '…'`) can be read with its places. */
export type InnerText = (word: ShellWord) => ShellText | undefined;

/**
 * Every program that a script names, in the order of the text. Names that an expansion decides are left out. With
 * `innerText`, what `sh -c '…'` runs is included.
 */
export function commandUses(script: ShellScript, innerText?: InnerText): CommandUse[] {
  const uses: CommandUse[] = [];
  const context: Context = { substituted: false, nested: false, condition: false, innerOf: undefined };
  new UseCollector(uses, innerText).script(script, context);
  return uses;
}

const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'ash', 'ksh', 'mksh', 'zsh']);

export function isPosixShell(program: string): boolean {
  return SHELLS.has(baseName(program).replace(/\.exe$/i, ''));
}

/** The deepest `sh -c 'sh -c "…"'` that is followed. */
const DEEPEST_INNER_SCRIPT = 5;

class UseCollector {
  readonly #uses: CommandUse[];
  readonly #innerText: InnerText | undefined;
  #depth = 0;

  constructor(uses: CommandUse[], innerText: InnerText | undefined) {
    this.#uses = uses;
    this.#innerText = innerText;
  }

  script(script: ShellScript, context: Context): void {
    for (const [index, item] of script.items.entries()) {
      for (const command of item.pipeline.commands) this.#command(command, item, script, index, context);
    }
  }

  #command(command: ShellCommand, item: ListItem, list: ShellScript, index: number, context: Context): void {
    const inner: Context = { ...context, nested: true };
    if (command.kind === 'compound') {
      for (const word of command.words) this.#parts(word.parts, inner);
      for (const condition of command.conditions) this.script(condition, { ...inner, condition: true });
      // A group runs where it stands; everything else may run elsewhere, later, often or never.
      const bodyContext = command.type === 'group' ? context : inner;
      for (const body of command.bodies) this.script(body, bodyContext);
      for (const redirection of command.redirections) this.#parts(redirection.target?.parts ?? [], inner);
      return;
    }
    for (const assignment of command.assignments) this.#parts(assignment.value?.parts ?? [], inner);
    const resolved = resolve(command.words);
    if (resolved) {
      const use: CommandUse = { ...resolved, command, pipeline: item.pipeline, item, list, index, ...context };
      this.#uses.push(use);
      this.#innerScript(use, context);
    }
    for (const word of command.words) this.#parts(word.parts, inner);
    for (const redirection of command.redirections) this.#parts(redirection.target?.parts ?? [], inner);
  }

  #parts(parts: readonly WordPart[], context: Context): void {
    for (const part of parts) {
      if (part.kind === 'command') this.script(part.script, { ...context, substituted: true });
      if (part.kind === 'parameter') this.#parts(part.nested, context);
    }
  }

  #innerScript(use: CommandUse, context: Context): void {
    if (!this.#innerText || this.#depth >= DEEPEST_INNER_SCRIPT) return;
    const word = innerScriptWord(use);
    const text = word && this.#innerText(word);
    if (!text) return;
    this.#depth++;
    this.script(parseShell(text).script, { ...context, innerOf: use });
    this.#depth--;
  }
}

/** The word that a program reads as a script: after `sh -c`, `su -c` and `eval`. */
function innerScriptWord({ name, arguments: words }: CommandUse): ShellWord | undefined {
  if (isPosixShell(name)) return scriptArgument(words);
  if (name === 'eval') return words.length === 1 ? words[0] : undefined;
  if (name !== 'su' && name !== 'runuser') return undefined;
  // The name of the user may stand before and after the option.
  const option = words.findIndex(({ text }) => text === '-c' || text === '--command' || /^-[lmp]*c$/.test(text ?? ''));
  return option < 0 ? undefined : words[option + 1];
}

/** The argument of `-c` (also `-ec`, `-lc` …), when the options before it are plain. */
export function scriptArgument(words: readonly ShellWord[]): ShellWord | undefined {
  for (let index = 0; index < words.length; index++) {
    const text = words[index]!.text;
    if (text === undefined || !/^[-+]/.test(text)) return undefined;
    if (/^-[A-Za-z]*c[A-Za-z]*$/.test(text)) {
      let argument = index + 1;
      while (/^[-+]o?/.test(words[argument]?.text ?? '') && words[argument]!.text !== '--') {
        argument += /o$/.test(words[argument]!.text!) ? 2 : 1;
      }
      return words[argument];
    }
    if (/^[-+][A-Za-z]*o$/.test(text)) index++;
  }
  return undefined;
}

interface Resolved {
  readonly name: string;
  readonly nameWord: ShellWord;
  readonly arguments: readonly ShellWord[];
  readonly wrappers: readonly string[];
}

/** Programs that run another one: which of their options take a value, and how many words stand before its name. */
const WRAPPERS: Readonly<Record<string, { readonly valued: RegExp; readonly operands: number }>> = {
  sudo: { valued: /^(?:-[CDghpRrTtUu]|--(?:user|group|host|prompt|chdir|close-from))$/, operands: 0 },
  doas: { valued: /^-[uC]$/, operands: 0 },
  env: { valued: /^(?:-[uCS]|--(?:unset|chdir))$/, operands: 0 },
  exec: { valued: /^-a$/, operands: 0 },
  command: { valued: /^$/, operands: 0 },
  builtin: { valued: /^$/, operands: 0 },
  time: { valued: /^-[fo]$/, operands: 0 },
  nice: { valued: /^(?:-n|--adjustment)$/, operands: 0 },
  ionice: { valued: /^-[cnpPu]$/, operands: 0 },
  nohup: { valued: /^$/, operands: 0 },
  setsid: { valued: /^$/, operands: 0 },
  stdbuf: { valued: /^-[ioe]$/, operands: 0 },
  timeout: { valued: /^(?:-[ks]|--(?:kill-after|signal))$/, operands: 1 },
  xargs: { valued: /^(?:-[adEIiLlnPs]|--(?:arg-file|delimiter|max-args|max-procs|max-lines|replace))$/, operands: 0 },
  eatmydata: { valued: /^$/, operands: 0 },
  gosu: { valued: /^$/, operands: 1 },
  'su-exec': { valued: /^$/, operands: 1 },
  busybox: { valued: /^$/, operands: 0 },
  fakeroot: { valued: /^(?:-[lifsb]|--(?:lib|faked))$/, operands: 0 },
  'xvfb-run': {
    valued: /^(?:-[enfpsw]|--(?:error-file|server-num|auth-file|xauth-protocol|server-args|wait))$/,
    operands: 0,
  },
};

function resolve(words: readonly ShellWord[]): Resolved | undefined {
  const wrappers: string[] = [];
  let position = 0;
  for (;;) {
    const nameWord = words[position];
    if (nameWord?.text === undefined || nameWord.text === '') return undefined;
    const name = baseName(nameWord.text);
    const next = afterWrapper(name, words, position);
    if (next === undefined) return { name, nameWord, arguments: words.slice(position + 1), wrappers };
    wrappers.push(name);
    position = next;
  }
}

/** Where the name of the wrapped program stands; undefined when this is no wrapper, or wraps nothing. */
function afterWrapper(name: string, words: readonly ShellWord[], start: number): number | undefined {
  const wrapper = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name]! : undefined;
  if (!wrapper) return undefined;
  let position = start + 1;
  while (position < words.length) {
    const text = words[position]!.text;
    if (text === undefined) return undefined;
    // `command -v` and `sudo -l` ask, they do not run.
    if (name === 'command' && /^-[vV]/.test(text)) return undefined;
    if (text === '--') {
      position++;
      break;
    }
    if (name === 'env' || name === 'sudo') {
      if (/^[A-Za-z_]\w*=/.test(text)) {
        position++;
        continue;
      }
    }
    if (!text.startsWith('-') || text === '-') break;
    position += wrapper.valued.test(text) ? 2 : 1;
  }
  position += wrapper.operands;
  return position < words.length ? position : undefined;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
