import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** Whether `-a` and `-o` join two tests or are operands depends on the values; POSIX has given them up. Strict. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/test-joined',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:SC2166'],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const { name, arguments: words } of run.commands) {
        if (name !== '[' && name !== 'test') continue;
        const last = name === '[' ? words.length - 2 : words.length - 1;
        for (const [index, word] of words.entries()) {
          const isJoin = index > 0 && index < last && (word.written === '-a' || word.written === '-o');
          if (!isJoin || words[index - 1]!.text === '!') continue;
          const operator = word.written === '-a' ? '&&' : '||';
          yield {
            at: placeOf(file, word.span),
            message: `${word.written} may be taken for an operand: two tests joined by ${operator} can't be misread.`,
          };
        }
      }
    }
  },
});
