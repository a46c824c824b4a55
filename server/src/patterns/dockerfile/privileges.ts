import type { DockerfileFile, DockerfileStage } from '../../languages/dockerfile/dockerfileFile.ts';
import { instructionScripts } from '../../languages/dockerfile/instructionScripts.ts';
import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { stageChain } from '../../languages/dockerfile/stageSettings.ts';

const DROPS = /(?:^|[/\s"'=])(?:gosu|su-exec|setpriv|runuser|chpst|s6-setuidgid|setuidgid)(?:$|[\s"'=@*-])/;

/** The image starts as root on purpose and changes the user itself, by a program made for that. */
export function dropsPrivileges(file: DockerfileFile, stage: DockerfileStage): boolean {
  const chain = new Set(stageChain(file, stage));
  const mentions = [...chain].some((one) =>
    one.instructions.some(({ keyword, body }) => (keyword === 'COPY' || keyword === 'ADD') && DROPS.test(body.text)),
  );
  if (mentions) return true;
  const inRuns = stageRuns(file).some(
    (run) =>
      chain.has(run.stage) &&
      run.commands.some(
        (use) =>
          use.wrappers.some((name) => name === 'gosu' || name === 'su-exec') ||
          use.arguments.some((word) => DROPS.test(word.written)),
      ),
  );
  if (inRuns) return true;
  return [...chain].some((one) =>
    one.instructions.some(
      (instruction) =>
        (instruction.keyword === 'CMD' || instruction.keyword === 'ENTRYPOINT') &&
        instructionScripts(instruction, file.source).some((script) =>
          script.commands.some((use) =>
            [use.name, ...use.wrappers, ...use.arguments.map((word) => word.written)].some((word) => DROPS.test(word)),
          ),
        ),
    ),
  );
}
