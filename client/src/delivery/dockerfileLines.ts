import { DockerfileParser, From } from 'dockerfile-ast';
import { Failure } from '../cluster/failure.ts';
import { parseImageReference } from './imageReference.ts';

/** The lines of an instruction, from 0, the last included. */
export interface LineRange {
  readonly line: number;
  readonly endLine: number;
}

/** The instructions that become steps of a BuildKit build; the others only change the image's configuration. */
const stepInstructions = new Set(['FROM', 'RUN', 'COPY', 'ADD', 'WORKDIR']);

/**
 * Where in a Dockerfile the step of a BuildKit build stands, told from its name: `[build 3/7] RUN make` is the third
 * step of stage `build`, `[stage-1 2/2] …` of the second stage, `[2/2] …` of the only one. Undefined for the builder's
 * own work.
 */
export function linesOfBuildStep(dockerfile: string, stepName: string): LineRange | undefined {
  const match = /^\[(?:(?<platform>[\w]+\/[\w/]+) )?(?:(?<stage>\S+) +)?(?<position>\d+)\/\d+\]/.exec(stepName);
  if (!match?.groups) return undefined;
  const { stage, position } = match.groups;
  const stages: { name: string; steps: LineRange[] }[] = [];
  for (const instruction of DockerfileParser.parse(dockerfile).getInstructions()) {
    const keyword = instruction.getKeyword();
    const range = instruction.getRange();
    const lines = { line: range.start.line, endLine: range.end.line };
    if (keyword === 'FROM') {
      const name = /\sAS\s+(\S+)\s*$/i.exec(instruction.getRawArgumentsContent() ?? '')?.[1];
      stages.push({ name: name?.toLowerCase() ?? `stage-${stages.length}`, steps: [lines] });
    } else if (stepInstructions.has(keyword)) stages.at(-1)?.steps.push(lines);
  }
  const named = stage === undefined ? stages.at(-1) : stages.find(({ name }) => name === stage.toLowerCase());
  return named?.steps[Number(position) - 1];
}

/** Where a stage begins with that image; BuildKit writes images in their complete form. */
export function linesOfBaseImage(dockerfile: string, image: string): LineRange | undefined {
  const wanted = completeImage(image);
  for (const instruction of DockerfileParser.parse(dockerfile).getInstructions()) {
    if (!(instruction instanceof From)) continue;
    const written = instruction.getImage();
    const { start, end } = instruction.getRange();
    if (written && completeImage(written) === wanted) return { line: start.line, endLine: end.line };
  }
  return undefined;
}

/** An image with registry, repository and tag; a text that is no reference, as one with a variable, is itself. */
function completeImage(image: string): string {
  try {
    const { registry, path, tag, digest } = parseImageReference(image);
    return `${registry}/${path}${digest ? `@${digest}` : `:${tag ?? 'latest'}`}`;
  } catch (error) {
    if (error instanceof Failure) return image;
    throw error;
  }
}

/** Where the numbered step of a classic build stands: that builder counts every instruction, from 1. */
export function linesOfClassicStep(dockerfile: string, position: number): LineRange | undefined {
  const range = DockerfileParser.parse(dockerfile).getInstructions()[position - 1]?.getRange();
  return range && { line: range.start.line, endLine: range.end.line };
}
