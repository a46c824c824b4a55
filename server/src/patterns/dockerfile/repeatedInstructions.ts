import type { DockerfileFile } from '../../languages/dockerfile/dockerfileFile.ts';
import type { Finding } from '../../rules/contract.ts';
import { placeOf, removeInstruction } from './dockerfileRule.ts';

/** All but the last instruction of a kind in one stage: they have no effect. */
export function* repeated(file: DockerfileFile, keyword: string): Iterable<Finding> {
  for (const stage of file.stages) {
    const same = stage.instructions.filter((instruction) => instruction.keyword === keyword);
    const last = same[same.length - 1];
    for (const instruction of same.slice(0, -1)) {
      yield {
        at: placeOf(file, instruction.keywordSpan),
        message: `This ${keyword} has no effect: only the last one of a stage counts.`,
        related: [{ at: placeOf(file, last!.keywordSpan), message: 'The last one.' }],
        fixes: [{ title: `Remove this ${keyword}`, safe: true, edits: () => [removeInstruction(file, instruction)] }],
      };
    }
  }
}
