import type { DockerfileStage } from '../../languages/dockerfile/dockerfileFile.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** The builder takes the latest stage of that name, so the earlier one can't be reached from below. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/stage-name-duplicate',
  severity: 'error',
  profile: 'recommended',
  equivalents: [
    'hadolint:DL3024',
    'buildkit:DuplicateStageName',
    'kics:same_alias_in_different_froms',
    'checkov:CKV_DOCKER_11',
    'trivy:DS-0012',
  ],
  *check(file) {
    const first = new Map<string, DockerfileStage>();
    for (const stage of file.stages) {
      const { name, nameWord } = stage;
      if (name === undefined || !nameWord) continue;
      const earlier = first.get(name);
      if (!earlier?.nameWord) {
        first.set(name, stage);
        continue;
      }
      yield {
        at: placeOf(file, nameWord.span),
        message: `Another stage is already called ${nameWord.text}.`,
        related: [{ at: placeOf(file, earlier.nameWord.span), message: 'The first stage of that name.' }],
      };
    }
  },
});
