import { INSTRUCTIONS } from '../../languages/dockerfile/instructionGrammar.ts';
import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';

/** One file, one way of writing: that of most of its instructions, upper case where there is no majority. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/instruction-casing',
  severity: 'information',
  profile: 'recommended',
  equivalents: ['buildkit:ConsistentInstructionCasing'],
  *check(file) {
    const written = file.instructions
      .flatMap((instruction) => (instruction.trigger ? [instruction, instruction.trigger] : [instruction]))
      .filter(({ keyword }) => INSTRUCTIONS.has(keyword));
    const lower = written.filter((instruction) => instruction.written === instruction.written.toLowerCase()).length;
    const isLower = lower > written.length - lower;
    for (const instruction of written) {
      const wanted = isLower ? instruction.keyword.toLowerCase() : instruction.keyword;
      if (instruction.written === wanted) continue;
      yield {
        at: placeOf(file, instruction.keywordSpan),
        message: `${instruction.written} is not written in ${isLower ? 'lower' : 'upper'} case like the other instructions.`,
        fixes: [
          { title: `Write ${wanted}`, safe: true, edits: () => [replace(file, instruction.keywordSpan, wanted)] },
        ],
      };
    }
  },
});
