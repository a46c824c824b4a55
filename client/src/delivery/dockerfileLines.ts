import type { DockerfileFile } from '../../../server/src/languages/dockerfile/dockerfileFile.ts';
import { parseDockerfile } from '../../../server/src/languages/dockerfile/parseDockerfile.ts';
import { SourceText, type Span } from '../../../server/src/text/sourceText.ts';
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
  const file = read(dockerfile);
  const wanted = stage?.toLowerCase();
  const built =
    wanted === undefined
      ? file.stages.at(-1)
      : file.stages.find(({ index, name }) => (name ?? `stage-${index}`) === wanted);
  const steps = built?.instructions.filter(({ keyword }) => stepInstructions.has(keyword)) ?? [];
  return linesOf(file, steps[Number(position) - 1]?.span);
}

/** Where a stage begins with that image; BuildKit writes images in their complete form. */
export function linesOfBaseImage(dockerfile: string, image: string): LineRange | undefined {
  const wanted = completeImage(image);
  const file = read(dockerfile);
  const found = file.stages.find((stage) => stage.image && completeImage(stage.image.text) === wanted);
  return linesOf(file, found?.instruction.span);
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
  const file = read(dockerfile);
  return linesOf(file, file.instructions[position - 1]?.span);
}

function read(dockerfile: string): DockerfileFile {
  return parseDockerfile(new SourceText('', dockerfile));
}

function linesOf({ source }: DockerfileFile, span: Span | undefined): LineRange | undefined {
  return span && { line: source.lineAt(span.start), endLine: source.lineAt(span.end) };
}
