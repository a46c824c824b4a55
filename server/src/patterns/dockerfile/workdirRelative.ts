import type {
  DockerfileFile,
  DockerfileInstruction,
  DockerfileStage,
} from '../../languages/dockerfile/dockerfileFile.ts';
import { expandVariables } from '../../languages/dockerfile/expandVariables.ts';
import { variableScopes } from '../../languages/dockerfile/stageRuns.ts';
import { stageChain } from '../../languages/dockerfile/stageSettings.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { isAbsolute } from './fileCopies.ts';

/**
 * Before any absolute WORKDIR, a relative one begins wherever the base image left off. After one it is certain where it
 * leads, so only the strict profile speaks of it.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/workdir-relative',
  severity: 'warning',
  profile: 'recommended',
  equivalents: [
    'hadolint:DL3000',
    'buildkit:WorkdirRelativePath',
    'kics:workdir_path_not_absolute',
    'checkov:CKV_DOCKER_10',
    'trivy:DS-0009',
  ],
  *check(file) {
    for (const stage of file.stages) {
      for (const outer of stage.instructions) {
        const instruction = outer.trigger ?? outer;
        const [word] = instruction.words;
        if (instruction.keyword !== 'WORKDIR' || !word) continue;
        const scopes = variableScopes(file);
        const fixed = scopes.expand(word, instruction).value;
        const path =
          fixed ?? expandVariables(word.text, file.escape, (name) => scopes.defaultValueAt(name, instruction)).value;
        if (path === undefined || path === '' || isAbsolute(path)) continue;
        const isAnchored = outer === instruction && hasWorkdirBefore(file, stage, instruction);
        yield {
          at: placeOf(file, word.span),
          message: isAnchored
            ? `The working directory ${path} depends on the WORKDIR above.`
            : `The working directory ${path} depends on where the base image left off.`,
          // What ONBUILD keeps, or a build argument decides, is right or wrong in other builds.
          ...(isAnchored || outer !== instruction || fixed === undefined ? ({ strict: true } as const) : {}),
        };
      }
    }
  },
});

/** An absolute WORKDIR, or one that can't be told, stands before the instruction in its chain of stages. */
export function hasWorkdirBefore(file: DockerfileFile, stage: DockerfileStage, before: DockerfileInstruction): boolean {
  return stageChain(file, stage).some((one) => firstAnchor(file, one) < before.order);
}

const anchorOfStage = new WeakMap<DockerfileStage, number>();

/** Position of the first such WORKDIR in one stage; infinity when it has none. */
function firstAnchor(file: DockerfileFile, stage: DockerfileStage): number {
  let anchor = anchorOfStage.get(stage);
  if (anchor === undefined) {
    const scopes = variableScopes(file);
    const first = stage.instructions.find((other) => {
      if (other.keyword !== 'WORKDIR' || !other.words[0]) return false;
      const path = scopes.expand(other.words[0], other).value;
      return path === undefined || isAbsolute(path);
    });
    anchor = first?.order ?? Number.POSITIVE_INFINITY;
    anchorOfStage.set(stage, anchor);
  }
  return anchor;
}
