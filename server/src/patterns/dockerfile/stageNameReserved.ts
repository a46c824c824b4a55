import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** `scratch` is the empty image and `context` the files of the build: a stage of that name can't be told from them. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/stage-name-reserved',
  severity: 'error',
  profile: 'recommended',
  equivalents: ['hadolint:DL3063', 'buildkit:ReservedStageName'],
  *check(file) {
    for (const { name, nameWord } of file.stages) {
      if (!nameWord || (name !== 'scratch' && name !== 'context')) continue;
      yield {
        at: placeOf(file, nameWord.span),
        message: `The name ${nameWord.text} is reserved and can't be a stage.`,
      };
    }
  },
});
