import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** Each RUN is a layer. Strict: separate layers are cached apart, which is often just what is wanted. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/run-consecutive',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:DL3059', 'kics:multiple_run_add_copy_instructions_listed'],
  *check(file) {
    const runs = stageRuns(file);
    for (const [index, { instruction }] of runs.entries()) {
      const before = runs[index - 1]?.instruction;
      if (!before || before.order !== instruction.order - 1) continue;
      // Different mounts, networks or forms can't be joined.
      if (instruction.flags.length + before.flags.length > 0 || instruction.json || before.json) continue;
      if (instruction.heredocs.length + before.heredocs.length > 0) continue;
      yield {
        at: placeOf(file, instruction.keywordSpan),
        message: 'This RUN could be joined with the one above.',
        related: [{ at: placeOf(file, before.keywordSpan), message: 'The RUN above.' }],
      };
    }
  },
});
