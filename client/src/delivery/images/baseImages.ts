import type { DockerfileFile, DockerfileStage } from '../../../../server/src/languages/dockerfile/dockerfileFile.ts';
import { expandVariables } from '../../../../server/src/languages/dockerfile/expandVariables.ts';
import { parseDockerfile } from '../../../../server/src/languages/dockerfile/parseDockerfile.ts';
import { type GlobalScope, globalScope } from '../../../../server/src/languages/dockerfile/variableScope.ts';
import { SourceText } from '../../../../server/src/text/sourceText.ts';

/** An image that a stage of a Dockerfile starts from; lines and characters count from 0. */
export interface BaseImage {
  readonly reference: string;
  readonly line: number;
  readonly startCharacter: number;
  readonly endCharacter: number;
  /** True for the base of the last stage: its files are in the image that is shipped. */
  readonly isShipped: boolean;
}

/**
 * The images that the FROM lines of a Dockerfile name, with the defaults of build arguments filled in. Left out are
 * `scratch`, stages of the file itself, and what only a build argument can tell.
 */
export function baseImages(dockerfile: string): readonly BaseImage[] {
  const file = parseDockerfile(new SourceText('', dockerfile));
  const scope = globalScope(file.instructions, file.escape);
  const byName = new Map<string, DockerfileStage>();
  const found: { stage: DockerfileStage; reference: string }[] = [];
  /** The stage that each one starts from; absent where it starts from an image. */
  const below = new Map<DockerfileStage, DockerfileStage>();
  for (const stage of file.stages) {
    const reference = referenceOf(stage, file, scope);
    const start = byName.get(reference?.toLowerCase() ?? '');
    if (start) below.set(stage, start);
    else if (reference !== undefined && reference !== 'scratch') found.push({ stage, reference });
    if (stage.name !== undefined) byName.set(stage.name, stage);
  }
  const shipped = new Set<DockerfileStage>();
  for (let stage = file.stages.at(-1); stage; stage = below.get(stage)) shipped.add(stage);
  return found.map(({ stage, reference }) => {
    const { start, end } = file.source.range(stage.image?.span ?? stage.instruction.span);
    return {
      reference,
      line: start.line,
      startCharacter: start.character,
      endCharacter: end.line === start.line ? end.character : Number.MAX_SAFE_INTEGER,
      isShipped: shipped.has(stage),
    };
  });
}

/** What the FROM of a stage names by default; undefined where a variable without a default decides. */
function referenceOf({ image }: DockerfileStage, file: DockerfileFile, scope: GlobalScope): string | undefined {
  if (!image) return undefined;
  const { references, value } = expandVariables(image.text, file.escape, (name) => scope.defaultValue(name));
  const isOpen = references.some(
    ({ name, operator }) => operator === undefined && scope.defaultValue(name).kind !== 'known',
  );
  return isOpen || value === '' ? undefined : value;
}
