import { INSTRUCTIONS } from '../../languages/dockerfile/instructionGrammar.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** Only ARG may stand before the first FROM: nothing else has an image to work on. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/instruction-before-from',
  severity: 'error',
  profile: 'recommended',
  equivalents: ['hadolint:DL3061'],
  *check(file) {
    const early = file.instructions.filter(
      ({ stage, keyword }) => stage < 0 && keyword !== 'ARG' && INSTRUCTIONS.has(keyword),
    );
    // A file without any FROM is said to be so once.
    for (const { keyword, keywordSpan } of file.stages.length > 0 ? early : early.slice(0, 1)) {
      yield { at: placeOf(file, keywordSpan), message: `${keyword} stands before the first FROM, where only ARG may.` };
    }
  },
});
