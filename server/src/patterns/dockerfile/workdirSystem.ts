import { variableScopes } from '../../languages/dockerfile/stageRuns.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

const OVERLAID = /^\/(?:proc|sys|dev)(?:\/|$)/;
const SYSTEM =
  /^\/(?:(?:bin|sbin|lib|lib64|boot|etc|usr\/bin|usr\/sbin|usr\/lib|usr\/lib64)(?:\/.*)?|(?:run|usr|var|var\/run)\/?)$/;

/**
 * `/proc`, `/sys` and `/dev` are mounted over when the container starts: what is put there is lost. The other folders of
 * the system belong to its packages; that is left to the strict profile.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/workdir-system',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['trivy:DS-0030'],
  *check(file) {
    for (const instruction of file.instructions) {
      const [word] = instruction.words;
      if (instruction.keyword !== 'WORKDIR' || !word) continue;
      const path = variableScopes(file).expand(word, instruction).value;
      if (path === undefined) continue;
      if (OVERLAID.test(path)) {
        yield { at: placeOf(file, word.span), message: `${path} is mounted over when a container starts.` };
      } else if (SYSTEM.test(path)) {
        yield { at: placeOf(file, word.span), message: `${path} belongs to the system's packages.`, strict: true };
      }
    }
  },
});
