import type { Assignment, DockerfileFile, DockerfileInstruction } from '../../languages/dockerfile/dockerfileFile.ts';
import { finalStage, stageChain } from '../../languages/dockerfile/stageSettings.ts';

/** One label that the built image gets from this file. */
export interface WrittenLabel {
  readonly instruction: DockerfileInstruction;
  readonly assignment: Assignment;
}

/** The labels of the stage that is built when nobody asks for another one, those of the stages below it included. */
export function imageLabels(file: DockerfileFile): WrittenLabel[] {
  const stage = finalStage(file);
  if (!stage) return [];
  return stageChain(file, stage).flatMap(({ instructions }) =>
    instructions.flatMap((instruction) =>
      instruction.keyword === 'LABEL' ? instruction.assignments.map((assignment) => ({ instruction, assignment })) : [],
    ),
  );
}
