import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { renameWord } from './runFixes.ts';

/** GNU grep warns of these names since 3.8, and POSIX does not have them. Strict: they still work. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/grep-old-name',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:SC2196', 'hadolint:SC2197'],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const { name, nameWord } of run.commands) {
        if (name !== 'egrep' && name !== 'fgrep') continue;
        const modern = name === 'egrep' ? 'grep -E' : 'grep -F';
        yield {
          at: placeOf(file, nameWord.span),
          message: `${name} is an old name: grep itself says to write ${modern}.`,
          fixes: run.instruction.json ? [] : renameWord(file, nameWord, name, modern),
        };
      }
    }
  },
});
