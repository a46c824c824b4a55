import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { type FileCopy, fileCopies } from './fileCopies.ts';

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
    const copies = fileCopies(file);
    for (const [index, copy] of copies.entries()) {
      const before = copies[index - 1];
      if (!before || !isJoinable(before, copy)) continue;
      const { instruction } = copy;
      yield {
        at: placeOf(file, instruction.keywordSpan),
        message: `This ${instruction.keyword} goes to the same folder as the one above and could be joined with it.`,
        related: [{ at: placeOf(file, before.instruction.keywordSpan), message: `The ${instruction.keyword} above.` }],
      };
    }
  },
});

/** The same instruction with the same flags, directly below, into the same folder. */
function isJoinable(before: FileCopy, copy: FileCopy): boolean {
  const flagsOf = ({ instruction }: FileCopy) =>
    instruction.flags.map(({ name, value }) => `${name}=${value}`).join(' ');
  const folder = copy.destination.value;
  return (
    copy.instruction.keyword === before.instruction.keyword &&
    copy.instruction.order === before.instruction.order + 1 &&
    copy.stage === before.stage &&
    !copy.deferred &&
    folder !== undefined &&
    /(?:[\\/]|^\.)$/.test(folder) &&
    folder === before.destination.value &&
    flagsOf(copy) === flagsOf(before) &&
    copy.heredocCount + before.heredocCount === 0
  );
}
