import { DockerfileParser, From } from 'dockerfile-ast';

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
  const parsed = DockerfileParser.parse(dockerfile);
  const stages = new Map<string, From>();
  const found: { from: From; reference: string }[] = [];
  const froms = parsed.getInstructions().filter((instruction): instruction is From => instruction instanceof From);
  for (const from of froms) {
    const written = from.getImage();
    const range = from.getImageRange();
    const name = from.getBuildStage();
    if (written && range) {
      const reference = withDefaults(written, from.getRange().start.line, (variable, line) =>
        parsed.resolveVariable(variable, line),
      );
      const isStage = reference !== undefined && stages.has(reference.toLowerCase());
      if (reference !== undefined && reference !== 'scratch' && !isStage) found.push({ from, reference });
    }
    if (name) stages.set(name.toLowerCase(), from);
  }
  const shipped = shippedFroms(froms, stages);
  return found.map(({ from, reference }) => {
    const range = from.getImageRange()!;
    return {
      reference,
      line: range.start.line,
      startCharacter: range.start.character,
      endCharacter: range.end.line === range.start.line ? range.end.character : Number.MAX_SAFE_INTEGER,
      isShipped: shipped.has(from),
    };
  });
}

/** The last stage, and the stages that it starts from. */
function shippedFroms(froms: readonly From[], stages: ReadonlyMap<string, From>): ReadonlySet<From> {
  const shipped = new Set<From>();
  let current = froms.at(-1);
  while (current && !shipped.has(current)) {
    shipped.add(current);
    current = stages.get((current.getImage() ?? '').toLowerCase());
  }
  return shipped;
}

function withDefaults(
  written: string,
  line: number,
  resolve: (variable: string, line: number) => string | null | undefined,
): string | undefined {
  let isKnown = true;
  const reference = written.replace(
    /\$(?:\{(\w+)(?::-([^}]*))?\}|(\w+))/g,
    (_match, braced: string | undefined, fallback: string | undefined, bare: string | undefined) => {
      const value = resolve(braced ?? bare ?? '', line) || fallback;
      if (!value) isKnown = false;
      return value ?? '';
    },
  );
  return isKnown && !reference.includes('$') ? reference : undefined;
}
