import { parseImageReference } from '../imageReference.ts';
import type { DockerfileInstruction, DockerfileStage, ShellSetting, StageBase } from './dockerfileFile.ts';
import { expandVariables } from './expandVariables.ts';
import { globalScope } from './variableScope.ts';

const LINUX_SHELL: ShellSetting = { words: ['/bin/sh', '-c'], setBy: undefined };
const UNKNOWN_SHELL: ShellSetting = { words: undefined, setBy: undefined };
/** Windows images run cmd unless SHELL says otherwise. */
const WINDOWS_SHELL: ShellSetting = { words: ['cmd', '/S', '/C'], setBy: undefined };
const WINDOWS_IMAGE =
  /^(?:mcr\.microsoft\.com|microsoft)\/(?:.*\/)?(?:windows|nanoserver|servercore|windowsservercore)\b|windowsservercore|nanoserver/i;

/** Images of Docker's own library that exist for Linux alone. */
const LINUX_IMAGE =
  /^(?:docker\.io\/)?(?:library\/)?(?:alpine|almalinux|amazonlinux|archlinux|busybox|centos|debian|fedora|nginx|oraclelinux|rockylinux|ubuntu)(?=[:@]|$)/;
const WINDOWS_WORDS = /windows|nanoserver|servercore|powershell|pwsh/i;

/** Follows the reading of a file: which stage an instruction belongs to, and which shell runs there. */
export class StageTracker {
  shell: ShellSetting = LINUX_SHELL;
  #stage = -1;
  readonly #shellOfStage = new Map<string, ShellSetting>();
  readonly #argumentDefaults = new Map<string, string>();
  #name: string | undefined;
  #speaksOfWindows = false;

  /** The stage of the instruction whose joined lines are `head`: FROM begins the next one. */
  stageOfNext(head: string): number {
    return /^\s*from(?:\s|$)/i.test(head) ? this.#stage + 1 : this.#stage;
  }

  enter(instruction: DockerfileInstruction, escapeCharacter: string): void {
    if (instruction.keyword === 'FROM') {
      this.#keepShell();
      this.#stage++;
      this.#name = instruction.from?.name?.text.toLowerCase();
      this.shell = this.#shellOfBase(instruction, escapeCharacter);
    } else if (instruction.keyword === 'SHELL') {
      this.shell = { words: instruction.json?.items.map((item) => item.value), setBy: instruction };
    } else if (instruction.keyword === 'ARG' && this.#stage < 0) {
      for (const { name, value } of instruction.assignments) this.#argumentDefaults.set(name, value?.text ?? '');
    }
    const speaks = ['FROM', 'ARG', 'SHELL'].includes(instruction.keyword) && WINDOWS_WORDS.test(instruction.body.text);
    this.#speaksOfWindows ||= speaks;
  }

  #keepShell(): void {
    if (this.#stage < 0) return;
    this.#shellOfStage.set(String(this.#stage), this.shell);
    if (this.#name !== undefined) this.#shellOfStage.set(this.#name, this.shell);
  }

  #shellOfBase(instruction: DockerfileInstruction, escapeCharacter: string): ShellSetting {
    const image = instruction.from?.image.text ?? '';
    const inherited = this.#shellOfStage.get(image.toLowerCase());
    if (inherited) return inherited;
    if (WINDOWS_IMAGE.test(image) || instruction.flags.some((flag) => /^windows\b/i.test(flag.value ?? ''))) {
      return WINDOWS_SHELL;
    }
    // A build argument may choose a Windows image where the file says anything of Windows.
    if (image.includes('$')) {
      const defaults = [...image.matchAll(/\$\{?(\w+)/g)].map((match) => this.#argumentDefaults.get(match[1]!) ?? '');
      if (this.#speaksOfWindows || WINDOWS_WORDS.test(`${image} ${defaults.join(' ')}`)) return UNKNOWN_SHELL;
    }
    // A backtick as escape character is written for Windows paths; the image does not tell which system it is for.
    return escapeCharacter === '`' && !LINUX_IMAGE.test(image) ? UNKNOWN_SHELL : LINUX_SHELL;
  }
}

/** Nobody builds stages on stages this deep; what walks down a chain need not fear its length. */
const DEEPEST_CHAIN = 100;

/** Cuts the instructions into stages and finds what each starts from. */
export function buildStages(
  instructions: readonly DockerfileInstruction[],
  escapeCharacter: string,
  end: number,
): readonly DockerfileStage[] {
  const starts = instructions.filter((instruction) => instruction.keyword === 'FROM');
  const scope = globalScope(instructions, escapeCharacter);
  const byName = new Map<string, number>();
  const stages: DockerfileStage[] = [];
  const depths: number[] = [];
  for (const [index, instruction] of starts.entries()) {
    const next = starts[index + 1];
    const own = instructions.slice(instruction.order, next?.order ?? instructions.length);
    const name = instruction.from?.name?.text.toLowerCase();
    const found = baseOf(instruction, escapeCharacter, byName, scope);
    const depth = found.kind === 'stage' ? depths[found.stage]! + 1 : 0;
    depths.push(depth > DEEPEST_CHAIN ? 0 : depth);
    stages.push({
      index,
      instruction,
      name,
      nameWord: instruction.from?.name,
      image: instruction.from?.image,
      base: depth > DEEPEST_CHAIN ? { kind: 'unknown' } : found,
      instructions: own,
      span: { start: instruction.span.start, end: own[own.length - 1]?.span.end ?? end },
    });
    if (name !== undefined) byName.set(name, index);
  }
  return stages;
}

function baseOf(
  instruction: DockerfileInstruction,
  escapeCharacter: string,
  byName: ReadonlyMap<string, number>,
  scope: ReturnType<typeof globalScope>,
): StageBase {
  const image = instruction.from?.image;
  if (!image) return { kind: 'unknown' };
  const { value } = expandVariables(image.text, escapeCharacter, (name) => scope.fixedValue(name));
  if (value === undefined) return { kind: 'unknown' };
  const stage = byName.get(value.toLowerCase());
  if (stage !== undefined) return { kind: 'stage', stage };
  if (value === 'scratch') return { kind: 'scratch' };
  const reference = parseImageReference(value);
  return reference ? { kind: 'image', reference, text: value } : { kind: 'unknown' };
}
