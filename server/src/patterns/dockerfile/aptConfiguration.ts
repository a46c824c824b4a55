import type { DockerfileFile, DockerfileInstruction } from '../../languages/dockerfile/dockerfileFile.ts';
import type { StageRun } from '../../languages/dockerfile/stageRuns.ts';
import { stageChain } from '../../languages/dockerfile/stageSettings.ts';

/** Settings of apt that replace an option of its command line. */
const SETTINGS = { assumeYes: /(?<!-)Assume-Yes/i, noRecommends: /(?<!-)Install-Recommends/i } as const;
export type AptSetting = keyof typeof SETTINGS;

/**
 * An earlier instruction, or this one, writes the setting into apt's configuration, or copies files there. Looked for in
 * what is written, because it may be echoed, heredoc or copied.
 */
export function isConfigured(file: DockerfileFile, run: StageRun, setting: AptSetting): boolean {
  const firstOfStage = firstSettings(file, setting);
  return stageChain(file, run.stage).some(
    ({ index }) => (firstOfStage.get(index) ?? Infinity) <= run.instruction.order,
  );
}

const known = new WeakMap<DockerfileFile, Map<AptSetting, ReadonlyMap<number, number>>>();

/** The position of the first instruction of each stage that writes the setting. */
function firstSettings(file: DockerfileFile, setting: AptSetting): ReadonlyMap<number, number> {
  const ofFile = known.get(file) ?? new Map<AptSetting, ReadonlyMap<number, number>>();
  known.set(file, ofFile);
  let first = ofFile.get(setting);
  if (!first) {
    const found = new Map<number, number>();
    for (const instruction of file.instructions) {
      if (!found.has(instruction.stage) && writes(file, instruction, setting))
        found.set(instruction.stage, instruction.order);
    }
    first = found;
    ofFile.set(setting, first);
  }
  return first;
}

function writes(file: DockerfileFile, instruction: DockerfileInstruction, setting: AptSetting): boolean {
  const { keyword, body, span } = instruction;
  if (keyword === 'COPY' || keyword === 'ADD') return /apt\.conf/.test(body.text);
  if (keyword !== 'RUN' && keyword !== 'ENV') return false;
  // Options hold for their own command only.
  const text = file.source.slice(span);
  return SETTINGS[setting].test(
    keyword === 'RUN' ? text.replace(/(?:-o|--option)[ \t=]*["']?[\w:]+(?:-\w+)*/g, '') : text,
  );
}
