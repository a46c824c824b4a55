import type {
  DockerfileFile,
  DockerfileInstruction,
  DockerfileStage,
  DockerfileWord,
  StageBase,
} from './dockerfileFile.ts';

/** What an image built from a stage runs as, as far as this file says; base images may say more. */
export interface StageSettings {
  /** The last instruction of each kind that counts, from this stage or one that it starts from. */
  readonly user: DockerfileInstruction | undefined;
  readonly workdir: DockerfileInstruction | undefined;
  readonly entrypoint: DockerfileInstruction | undefined;
  readonly command: DockerfileInstruction | undefined;
  readonly healthcheck: DockerfileInstruction | undefined;
  readonly stopSignal: DockerfileInstruction | undefined;
  readonly expose: readonly DockerfileInstruction[];
  readonly volumes: readonly DockerfileInstruction[];
  /** Where the chain of stages ends: an image, `scratch`, or something unknown. */
  readonly root: Exclude<StageBase, { kind: 'stage' }>;
  /** The stages of the chain, the given one first. */
  readonly chain: readonly DockerfileStage[];
}

/** The stage that is built when nobody asks for another one. */
export function finalStage(file: DockerfileFile): DockerfileStage | undefined {
  return file.stages[file.stages.length - 1];
}

/** The stages from `stage` down to the one that starts from an image, `stage` first. */
export function stageChain(file: DockerfileFile, stage: DockerfileStage): DockerfileStage[] {
  const chain = [stage];
  for (let base = stage.base; base.kind === 'stage'; ) {
    const parent: DockerfileStage = file.stages[base.stage]!;
    chain.push(parent);
    base = parent.base;
  }
  return chain;
}

/** What holds at the end of `stage`, stages that it starts from included. ONBUILD triggers are not run here. */
export function stageSettings(file: DockerfileFile, stage: DockerfileStage): StageSettings {
  const chain = stageChain(file, stage);
  const last = new Map<string, DockerfileInstruction>();
  const expose: DockerfileInstruction[] = [];
  const volumes: DockerfileInstruction[] = [];
  for (const { instructions } of [...chain].reverse()) {
    let commandHere = false;
    for (const instruction of instructions) {
      const { keyword } = instruction;
      if (keyword === 'EXPOSE') expose.push(instruction);
      if (keyword === 'VOLUME') volumes.push(instruction);
      // ENTRYPOINT clears a CMD that an earlier image set, unless this stage has set its own.
      if (keyword === 'ENTRYPOINT' && !commandHere) last.delete('CMD');
      if (keyword === 'CMD') commandHere = true;
      last.set(keyword, instruction);
    }
  }
  const root = chain[chain.length - 1]!.base;
  return {
    user: last.get('USER'),
    workdir: last.get('WORKDIR'),
    entrypoint: last.get('ENTRYPOINT'),
    command: last.get('CMD'),
    healthcheck: last.get('HEALTHCHECK'),
    stopSignal: last.get('STOPSIGNAL'),
    expose,
    volumes,
    root: root.kind === 'stage' ? { kind: 'unknown' } : root,
    chain,
  };
}

/** A place that names a stage or image: `COPY --from`, `--mount=…from=`, and FROM itself. */
export interface StageUse {
  readonly instruction: DockerfileInstruction;
  /** The name as written, with its place. */
  readonly text: string;
  readonly span: DockerfileWord['span'];
  /** The stage of this file that is meant; undefined for an image, another context, or something unknown. */
  readonly stage: DockerfileStage | undefined;
  readonly from: 'FROM' | 'COPY' | 'mount';
}

/** Every place of the file that names a stage or an image, in order. */
export function stageUses(file: DockerfileFile): StageUse[] {
  const uses: StageUse[] = [];
  for (const outer of file.instructions) {
    const instruction = outer.trigger ?? outer;
    if (instruction.keyword === 'FROM' && instruction.from) {
      const { text, span } = instruction.from.image;
      const base = file.stages[instruction.stage]?.base;
      uses.push({
        instruction,
        text,
        span,
        stage: base?.kind === 'stage' ? file.stages[base.stage] : undefined,
        from: 'FROM',
      });
    }
    for (const flag of instruction.flags) {
      if (flag.name === 'from' && instruction.keyword === 'COPY' && flag.value !== undefined && flag.valueSpan) {
        const stage = outer.trigger ? undefined : stageNamed(file, flag.value, instruction.stage);
        uses.push({ instruction, text: flag.value, span: flag.valueSpan, stage, from: 'COPY' });
      }
      for (const option of flag.name === 'mount' ? flag.options : []) {
        if (option.key !== 'from' || option.value === undefined || !option.valueSpan) continue;
        const stage = outer.trigger ? undefined : stageNamed(file, option.value, instruction.stage);
        uses.push({ instruction, text: option.value, span: option.valueSpan, stage, from: 'mount' });
      }
    }
  }
  return uses;
}

/** The stage that a name or number means in `--from` of stage `current`; later stages are found too. */
export function stageNamed(file: DockerfileFile, text: string, current: number): DockerfileStage | undefined {
  if (/^\d+$/.test(text)) return file.stages[Number(text)];
  const wanted = text.toLowerCase();
  const named = stagesByName(file).get(wanted);
  if (!named) return undefined;
  return named.findLast((stage) => stage.index < current) ?? named[0];
}

const namesOfFile = new WeakMap<DockerfileFile, ReadonlyMap<string, readonly DockerfileStage[]>>();

function stagesByName(file: DockerfileFile): ReadonlyMap<string, readonly DockerfileStage[]> {
  const known = namesOfFile.get(file);
  if (known) return known;
  const names = new Map<string, DockerfileStage[]>();
  for (const stage of file.stages) {
    if (stage.name === undefined) continue;
    const same = names.get(stage.name);
    if (same) same.push(stage);
    else names.set(stage.name, [stage]);
  }
  namesOfFile.set(file, names);
  return names;
}
