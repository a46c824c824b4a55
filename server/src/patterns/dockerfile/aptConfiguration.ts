import type { DockerfileFile } from '../../languages/dockerfile/dockerfileFile.ts';
import type { StageRun } from '../../languages/dockerfile/stageRuns.ts';
import { stageChain } from '../../languages/dockerfile/stageSettings.ts';

/**
 * An earlier instruction, or this one, writes the option into apt's configuration, or copies files there. Looked for in
 * what is written, because it may be echoed, heredoc or copied.
 */
export function isConfigured(file: DockerfileFile, run: StageRun, option: RegExp): boolean {
  return stageChain(file, run.stage).some(({ instructions }) =>
    instructions.some((instruction) => {
      if (instruction.order > run.instruction.order) return false;
      if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD')
        return /apt\.conf/.test(instruction.body.text);
      return (
        (instruction.keyword === 'RUN' || instruction.keyword === 'ENV') &&
        option.test(file.source.slice(instruction.span))
      );
    }),
  );
}
