import type { CommandUse } from '../shell/commandUses.ts';
import type { PackageCommand } from '../shell/packageCommands.ts';
import { packageCommand } from '../shell/packageCommands.ts';
import type { DockerfileFile, DockerfileInstruction, DockerfileStage } from './dockerfileFile.ts';
import { type InstructionScript, instructionScripts } from './instructionScripts.ts';
import { finalStage, stageChain } from './stageSettings.ts';
import { VariableScopes } from './variableScope.ts';

/** One RUN and what it runs. */
export interface StageRun {
  /** The RUN itself, also when ONBUILD keeps it for later. */
  readonly instruction: DockerfileInstruction;
  readonly stage: DockerfileStage;
  readonly deferred: boolean;
  readonly scripts: readonly InstructionScript[];
  readonly commands: readonly CommandUse[];
  readonly packages: readonly PackageCommand[];
  readonly packageOf: ReadonlyMap<CommandUse, PackageCommand>;
  /** Where `--mount=type=cache` and `type=tmpfs` stand in: what lies there is not kept in the layer. */
  readonly unkeptTargets: readonly string[];
}

const runsOfFile = new WeakMap<DockerfileFile, readonly StageRun[]>();

/** Every RUN of the file that a POSIX shell reads, or that is written in exec form. */
export function stageRuns(file: DockerfileFile): readonly StageRun[] {
  let runs = runsOfFile.get(file);
  if (!runs) {
    runs = file.stages.flatMap((stage) => stage.instructions.flatMap((instruction) => runOf(file, stage, instruction)));
    runsOfFile.set(file, runs);
  }
  return runs;
}

function runOf(file: DockerfileFile, stage: DockerfileStage, outer: DockerfileInstruction): StageRun[] {
  const instruction = outer.trigger ?? outer;
  if (instruction.keyword !== 'RUN') return [];
  const scripts = instructionScripts(instruction, file.source);
  const commands = scripts.flatMap((script) => script.commands);
  const packages = commands.flatMap((use) => packageCommand(use) ?? []);
  return [
    {
      instruction,
      stage,
      deferred: outer.trigger !== undefined,
      scripts,
      commands,
      packages,
      packageOf: new Map(packages.map((command) => [command.use, command])),
      unkeptTargets: unkeptTargets(instruction),
    },
  ];
}

function unkeptTargets(instruction: DockerfileInstruction): string[] {
  return instruction.flags.flatMap((flag) => {
    if (flag.name !== 'mount') return [];
    const type = flag.options.findLast((option) => option.key === 'type')?.value?.toLowerCase();
    if (type !== 'cache' && type !== 'tmpfs') return [];
    const target = flag.options.find(({ key }) => key === 'target' || key === 'dst' || key === 'destination')?.value;
    return target === undefined ? [] : [target.replace(/\/+$/, '')];
  });
}

/** A mount covers `path`: it is the path itself, a folder above it, or a variable decides. */
export function isUnkept(run: StageRun, ...paths: readonly string[]): boolean {
  return run.unkeptTargets.some(
    (target) => target.includes('$') || paths.some((path) => path === target || path.startsWith(`${target}/`)),
  );
}

const chainOfFile = new WeakMap<DockerfileFile, ReadonlySet<DockerfileStage>>();

/** The layers of the stage are in the image that is built when no other target is asked for. */
export function isShipped(file: DockerfileFile, stage: DockerfileStage): boolean {
  let chain = chainOfFile.get(file);
  if (!chain) {
    const last = finalStage(file);
    chain = new Set(last ? stageChain(file, last) : []);
    chainOfFile.set(file, chain);
  }
  return chain.has(stage);
}

const scopesOfFile = new WeakMap<DockerfileFile, VariableScopes>();

/** The variables of a file, read once. */
export function variableScopes(file: DockerfileFile): VariableScopes {
  let scopes = scopesOfFile.get(file);
  if (!scopes) {
    scopes = new VariableScopes(file);
    scopesOfFile.set(file, scopes);
  }
  return scopes;
}
