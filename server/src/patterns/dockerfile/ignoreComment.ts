import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** For teams that want to see what is silenced. The comments themselves are honoured. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/ignore-comment',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:DL1001'],
  *check(file) {
    for (const { text, span } of file.comments) {
      const ids = /^hadolint\s+(?:global\s+)?ignore\s*=\s*(.+)$/.exec(text)?.[1];
      if (ids !== undefined) yield { at: placeOf(file, span), message: `This comment silences ${ids.trim()}.` };
    }
  },
});
