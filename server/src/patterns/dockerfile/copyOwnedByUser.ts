import { isShipped } from '../../languages/dockerfile/stageRuns.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { fileCopies } from './fileCopies.ts';

/** Who owns the program may rewrite it. Strict: many frameworks write beside their code. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/copy-owned-by-user',
  severity: 'information',
  profile: 'strict',
  equivalents: ['kics:chown_flag_exists'],
  *check(file) {
    for (const { instruction, stage } of fileCopies(file)) {
      const flag = instruction.flags.find((candidate) => candidate.name === 'chown');
      if (!flag?.value || /^(?:root|0)(?::|$)/.test(flag.value) || !isShipped(file, stage)) continue;
      yield { at: placeOf(file, flag.span), message: `${flag.value} may change what is copied here.` };
    }
  },
});
