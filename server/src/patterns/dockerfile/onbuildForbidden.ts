import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** The builder keeps everything for later but these three. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/onbuild-forbidden',
  severity: 'error',
  profile: 'recommended',
  equivalents: ['hadolint:DL3043'],
  *check(file) {
    for (const { trigger } of file.instructions) {
      if (!trigger || !['FROM', 'MAINTAINER', 'ONBUILD'].includes(trigger.keyword)) continue;
      yield { at: placeOf(file, trigger.keywordSpan), message: `ONBUILD can't keep ${trigger.keyword} for later.` };
    }
  },
});
