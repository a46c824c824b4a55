import { baseSystem } from '../../languages/dockerfile/baseSystem.ts';
import type {
  DockerfileFile,
  DockerfileInstruction,
  DockerfileStage,
} from '../../languages/dockerfile/dockerfileFile.ts';
import { userOf } from '../../languages/dockerfile/imageFacts.ts';
import { type StageRun, stageRuns, variableScopes } from '../../languages/dockerfile/stageRuns.ts';
import { stageChain } from '../../languages/dockerfile/stageSettings.ts';
import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';

/**
 * A build runs as root, or as the user that USER names: `USER root` and back again says what happens, and needs no
 * program that lets a user become root in the shipped image. Images of others may be made for sudo, so of those, and
 * after another USER, only the strict profile speaks.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/sudo',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['hadolint:DL3004', 'kics:run_using_sudo', 'checkov:CKV2_DOCKER_1', 'trivy:DS-0010'],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const use of run.commands) {
        if (!use.wrappers.includes('sudo') && use.name !== 'sudo') continue;
        const { words } = use.command;
        const place = words.findIndex(({ text }) => /^(?:.*\/)?sudo$/.test(text ?? ''));
        const first = words[place];
        if (!first) continue;
        const asRoot = isRoot(file, run);
        const next = words[place + 1];
        const isPlain = use.nameWord === next;
        yield {
          at: placeOf(file, first.span),
          message: asRoot ? 'This RUN is root already and needs no sudo.' : 'sudo hides who runs what; USER says it.',
          ...(asRoot ? {} : ({ strict: true } as const)),
          fixes:
            asRoot && isPlain && next && !run.instruction.json
              ? [
                  {
                    title: 'Remove sudo',
                    safe: true,
                    edits: () => [replace(file, { start: first.span.start, end: next.span.start }, '')],
                  },
                ]
              : [],
        };
      }
    }
  },
});

/** Certainly root: by USER, or because Docker's own image sets none. */
function isRoot(file: DockerfileFile, run: StageRun): boolean {
  for (const stage of stageChain(file, run.stage)) {
    const user = usersOf(stage).findLast(({ order }) => order < run.instruction.order);
    if (!user?.words[0]) continue;
    return userOf(variableScopes(file).expand(user.words[0], user).value, placeOf(file, user.span)).isRoot === true;
  }
  return baseSystem(file, run.stage).isPlatform;
}

const usersOfStage = new WeakMap<DockerfileStage, readonly DockerfileInstruction[]>();

function usersOf(stage: DockerfileStage): readonly DockerfileInstruction[] {
  const users = usersOfStage.get(stage) ?? stage.instructions.filter(({ keyword }) => keyword === 'USER');
  usersOfStage.set(stage, users);
  return users;
}
