import type { Assignment, DockerfileFile, DockerfileInstruction, DockerfileWord } from './dockerfileFile.ts';
import { type Expansion, expandVariables, type VariableValue } from './expandVariables.ts';

/** Set by the builder outside every stage; a stage sees them after `ARG NAME`. */
export const PLATFORM_ARGUMENTS: ReadonlySet<string> = new Set([
  'BUILDPLATFORM',
  'BUILDOS',
  'BUILDOSVERSION',
  'BUILDARCH',
  'BUILDVARIANT',
  'TARGETPLATFORM',
  'TARGETOS',
  'TARGETOSVERSION',
  'TARGETARCH',
  'TARGETVARIANT',
  'TARGETSTAGE',
]);

/** Usable in every stage without ARG. */
export const PROXY_ARGUMENTS: ReadonlySet<string> = new Set([
  'HTTP_PROXY',
  'http_proxy',
  'HTTPS_PROXY',
  'https_proxy',
  'FTP_PROXY',
  'ftp_proxy',
  'NO_PROXY',
  'no_proxy',
  'ALL_PROXY',
  'all_proxy',
]);

/** Read by the builder itself when they are declared or given. */
export const BUILDKIT_ARGUMENTS: ReadonlySet<string> = new Set([
  'BUILDKIT_BUILD_NAME',
  'BUILDKIT_CACHE_MOUNT_NS',
  'BUILDKIT_CONTEXT_KEEP_GIT_DIR',
  'BUILDKIT_DOCKERFILE_CHECK',
  'BUILDKIT_INLINE_CACHE',
  'BUILDKIT_MULTI_PLATFORM',
  'BUILDKIT_SANDBOX_HOSTNAME',
  'BUILDKIT_SBOM_SCAN_CONTEXT',
  'BUILDKIT_SBOM_SCAN_STAGE',
  'BUILDKIT_SYNTAX',
  'SOURCE_DATE_EPOCH',
]);

/** One place where a variable gets a value. */
export interface VariableDefinition {
  readonly name: string;
  readonly kind: 'arg' | 'env';
  readonly assignment: Assignment;
  readonly instruction: DockerfileInstruction;
  /** The value when nobody overrides a build argument; undefined when it can't be told. */
  readonly value: string | undefined;
  /** No build argument can change the value. */
  readonly fixed: boolean;
}

/** Longer values are not followed: doubling ENV lines would grow without end. */
const LONGEST_VALUE = 65_536;

const UNKNOWN: VariableValue = { kind: 'unknown' };
const UNSET: VariableValue = { kind: 'unset' };

interface Table {
  readonly definitions: Map<string, VariableDefinition[]>;
  /** Those of ENV alone, which win over ARG. */
  readonly environment: Map<string, VariableDefinition[]>;
  /** The stage this one starts from; -1 for an image of elsewhere, -2 for nothing at all (`scratch`). */
  readonly parent: number;
}

/** The ARG instructions before the first FROM: what FROM lines may use. */
export interface GlobalScope {
  readonly definitions: ReadonlyMap<string, readonly VariableDefinition[]>;
  /** The value whatever is given on the command line: unknown for every build argument. */
  fixedValue(name: string): VariableValue;
  /** The value when nothing is given on the command line. */
  defaultValue(name: string): VariableValue;
}

export function globalScope(instructions: readonly DockerfileInstruction[], escapeCharacter: string): GlobalScope {
  const definitions = new Map<string, VariableDefinition[]>();
  const defaultValue = (name: string): VariableValue => {
    const found = definitions.get(name)?.at(-1);
    if (!found) return PLATFORM_ARGUMENTS.has(name) ? UNKNOWN : UNSET;
    if (found.value !== undefined) return { kind: 'known', value: found.value };
    return found.assignment.value === undefined && !isPredefined(name) ? UNSET : UNKNOWN;
  };
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') break;
    if (instruction.keyword !== 'ARG') continue;
    for (const assignment of instruction.assignments) {
      const value = assignedValue(assignment.value, escapeCharacter, defaultValue);
      add(definitions, { name: assignment.name, kind: 'arg', assignment, instruction, value, fixed: false });
    }
  }
  return {
    definitions,
    defaultValue,
    fixedValue: (name) => (definitions.has(name) || isPredefined(name) ? UNKNOWN : UNSET),
  };
}

/** Which variables each place of a file sees, through the stages that its stage starts from. */
export class VariableScopes {
  readonly global: GlobalScope;
  readonly #file: DockerfileFile;
  readonly #tables: Table[] = [];
  readonly #namesOfStage = new Map<number, ReadonlySet<string>>();
  #all: readonly VariableDefinition[] | undefined;
  #byName: Map<string, VariableDefinition[]> | undefined;

  constructor(file: DockerfileFile) {
    this.#file = file;
    this.global = globalScope(file.instructions, file.escape);
    for (const stage of file.stages) {
      const { base } = stage;
      const parent = base.kind === 'stage' ? base.stage : base.kind === 'scratch' ? -2 : -1;
      this.#tables.push({ definitions: new Map(), environment: new Map(), parent });
      for (const instruction of stage.instructions) this.#addDefinitions(stage.index, instruction);
    }
  }

  /** The definition that `name` has where `instruction` reads it; ENV wins over ARG. */
  definitionAt(name: string, instruction: DockerfileInstruction): VariableDefinition | undefined {
    if (instruction.keyword === 'FROM' || instruction.stage < 0) {
      return this.global.definitions.get(name)?.findLast((one) => one.instruction.order < instruction.order);
    }
    return this.#find(name, instruction.stage, instruction.order);
  }

  /** The value whatever is given on the command line. */
  fixedValueAt(name: string, instruction: DockerfileInstruction): VariableValue {
    if (instruction.keyword === 'FROM' || instruction.stage < 0) return this.global.fixedValue(name);
    const found = this.#find(name, instruction.stage, instruction.order);
    if (found) return found.fixed && found.value !== undefined ? { kind: 'known', value: found.value } : UNKNOWN;
    return this.mayComeFromImage(name, instruction.stage) ? UNKNOWN : UNSET;
  }

  /** The value when nothing is given on the command line. */
  defaultValueAt(name: string, instruction: DockerfileInstruction): VariableValue {
    if (instruction.keyword === 'FROM' || instruction.stage < 0) return this.global.defaultValue(name);
    const found = this.#find(name, instruction.stage, instruction.order);
    if (found) return found.value === undefined ? UNKNOWN : { kind: 'known', value: found.value };
    return this.mayComeFromImage(name, instruction.stage) ? UNKNOWN : UNSET;
  }

  /** Nothing in this file defines `name` for the stage, but its base image may. */
  mayComeFromImage(name: string, stage: number): boolean {
    if (isPredefined(name) || name === 'PATH') return true;
    return this.#root(stage) !== -2;
  }

  /** Every name that `instruction` sees, with its definition. */
  visibleAt(instruction: DockerfileInstruction): ReadonlyMap<string, VariableDefinition> {
    const visible = new Map<string, VariableDefinition>();
    if (instruction.keyword === 'FROM' || instruction.stage < 0) {
      for (const name of this.global.definitions.keys()) {
        const found = this.definitionAt(name, instruction);
        if (found) visible.set(name, found);
      }
      return visible;
    }
    for (let stage = instruction.stage; stage >= 0; stage = this.#tables[stage]!.parent) {
      for (const name of this.#tables[stage]!.definitions.keys()) {
        if (visible.has(name)) continue;
        const found = this.#find(name, instruction.stage, instruction.order);
        if (found) visible.set(name, found);
      }
    }
    return visible;
  }

  /** Every definition of the file, the global ones first. */
  all(): readonly VariableDefinition[] {
    this.#all ??= [this.global.definitions, ...this.#tables.map((table) => table.definitions)].flatMap((table) =>
      [...table.values()].flat(),
    );
    return this.#all;
  }

  /** Every definition of `name` in the file, wherever it stands. */
  named(name: string): readonly VariableDefinition[] {
    if (!this.#byName) {
      this.#byName = new Map();
      for (const definition of this.all()) add(this.#byName, definition);
    }
    return this.#byName.get(name) ?? [];
  }

  /** The names that the stage or one that it starts from sets anywhere. */
  namesIn(stage: number): ReadonlySet<string> {
    let names = this.#namesOfStage.get(stage);
    if (!names) {
      const found = new Set<string>();
      for (let current = stage; current >= 0; current = this.#tables[current]!.parent) {
        for (const name of this.#tables[current]!.definitions.keys()) found.add(name);
      }
      names = found;
      this.#namesOfStage.set(stage, names);
    }
    return names;
  }

  /** Replaces the variables of a word where `instruction` stands; see `fixedValueAt`. */
  expand(word: DockerfileWord, instruction: DockerfileInstruction): Expansion {
    return expandVariables(word.text, this.#file.escape, (name) => this.fixedValueAt(name, instruction));
  }

  #root(stage: number): number {
    let current = stage;
    while (current >= 0) current = this.#tables[current]!.parent;
    return current;
  }

  #find(name: string, stage: number, order: number): VariableDefinition | undefined {
    let argument: VariableDefinition | undefined;
    for (let current = stage; current >= 0; current = this.#tables[current]!.parent) {
      const { definitions, environment } = this.#tables[current]!;
      const variable = lastBefore(environment.get(name), order);
      if (variable) return variable;
      argument ??= lastBefore(definitions.get(name), order);
    }
    return argument;
  }

  #addDefinitions(stage: number, instruction: DockerfileInstruction): void {
    const { keyword } = instruction;
    if (keyword !== 'ENV' && keyword !== 'ARG') return;
    const { definitions, environment } = this.#tables[stage]!;
    // All values of one ENV are read before any of its names is set.
    const added = instruction.assignments.map((assignment): VariableDefinition => {
      const { name } = assignment;
      if (keyword === 'ARG') return this.#argument(instruction, assignment);
      let fixed = true;
      const value = assignedValue(assignment.value, this.#file.escape, (used) => {
        const sure = this.fixedValueAt(used, instruction);
        if (sure.kind !== 'unknown') return sure;
        fixed = false;
        return this.defaultValueAt(used, instruction);
      });
      return { name, kind: 'env', assignment, instruction, value, fixed: fixed && value !== undefined };
    });
    for (const definition of added) {
      add(definitions, definition);
      if (definition.kind === 'env') add(environment, definition);
    }
  }

  #argument(instruction: DockerfileInstruction, assignment: Assignment): VariableDefinition {
    const { name } = assignment;
    let value: string | undefined;
    if (assignment.value) {
      value = assignedValue(assignment.value, this.#file.escape, (used) => this.defaultValueAt(used, instruction));
    } else {
      const outer = this.global.defaultValue(name);
      value = outer.kind === 'known' ? outer.value : undefined;
    }
    return { name, kind: 'arg', assignment, instruction, value, fixed: false };
  }
}

function isPredefined(name: string): boolean {
  return PLATFORM_ARGUMENTS.has(name) || PROXY_ARGUMENTS.has(name) || BUILDKIT_ARGUMENTS.has(name);
}

function assignedValue(
  word: DockerfileWord | undefined,
  escapeCharacter: string,
  lookup: (name: string) => VariableValue,
): string | undefined {
  if (!word) return undefined;
  const { value } = expandVariables(word.text, escapeCharacter, lookup);
  return value !== undefined && value.length > LONGEST_VALUE ? undefined : value;
}

function add(definitions: Map<string, VariableDefinition[]>, definition: VariableDefinition): void {
  const known = definitions.get(definition.name);
  if (known) known.push(definition);
  else definitions.set(definition.name, [definition]);
}

/** The last definition that stands before `order`. */
function lastBefore(
  definitions: readonly VariableDefinition[] | undefined,
  order: number,
): VariableDefinition | undefined {
  let low = 0;
  let high = definitions?.length ?? 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (definitions![middle]!.instruction.order < order) low = middle + 1;
    else high = middle;
  }
  return definitions?.[low - 1];
}
