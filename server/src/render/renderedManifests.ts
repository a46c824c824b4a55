import { readMarks } from './markTemplate.ts';

/** One object that `helm template` printed. */
export interface RenderedManifest {
  /** As Helm names it: `cart/templates/deployment.yaml`, `cart/charts/redis/templates/service.yaml`. */
  readonly source: string;
  readonly text: string;
  /**
   * For each line of `text` the zero-based line of the template that wrote it; undefined for lines that are not known,
   * and altogether where nothing was marked.
   */
  readonly lines: readonly (number | undefined)[];
}

const SOURCE = /^# Source: (\S.*)$/;

/** Reads what `helm template` prints: objects behind `---` and the name of their template. */
export function splitManifests(output: string): { readonly source: string; readonly lines: readonly string[] }[] {
  const manifests: { source: string; lines: string[] }[] = [];
  const lines = output.replace(/\r\n/g, '\n').split('\n');
  for (let index = 0; index < lines.length; index++) {
    const source = lines[index] === '---' ? SOURCE.exec(lines[index + 1] ?? '')?.[1] : undefined;
    if (source !== undefined) {
      manifests.push({ source, lines: [] });
      index++;
    } else manifests.at(-1)?.lines.push(lines[index]!);
  }
  for (const { lines: own } of manifests) while (own.at(-1) === '') own.pop();
  return manifests;
}

/**
 * Joins what a chart renders with what its marked copy renders. The text is that of the chart itself; the marks only say
 * where its lines come from, and only where both have the same lines but for values that change with every run.
 */
export function renderedManifests(output: string, marked: string | undefined): RenderedManifest[] {
  const places =
    marked === undefined
      ? []
      : splitManifests(marked)
          .map(readPlaces)
          .filter(({ isEmpty }) => !isEmpty);
  const used = new Set<number>();
  return splitManifests(output).map(({ source, lines }): RenderedManifest => {
    const index = places.findIndex(
      (place, position) =>
        !used.has(position) &&
        place.source === source &&
        place.texts.length === lines.length &&
        agrees(place.texts, lines),
    );
    if (index >= 0) used.add(index);
    return { source, text: `${lines.join('\n')}\n`, lines: places[index]?.lines ?? [] };
  });
}

interface Places {
  readonly source: string;
  readonly texts: readonly string[];
  readonly lines: readonly (number | undefined)[];
  /** Nothing is left but marks. */
  readonly isEmpty: boolean;
}

function readPlaces({ source, lines }: { readonly source: string; readonly lines: readonly string[] }): Places {
  const read = readMarks(lines.join('\n'));
  // A mark ends what its line wrote, so lines without one belong to the next.
  let following: number | undefined;
  const from: (number | undefined)[] = [];
  for (let index = read.length - 1; index >= 0; index--) {
    following = read[index]!.from[0] ?? following;
    from[index] = following;
  }
  const texts = read.map(({ text }) => text);
  // Helm drops the blank end of an object, which a mark keeps.
  while (texts.length > 0 && texts.at(-1)!.trim() === '') texts.pop();
  return { source, texts, lines: from, isEmpty: texts.every((text) => text.trim() === '') };
}

/** The same keys in the same lines; values such as checksums and generated passwords differ between two runs. */
function agrees(one: readonly string[], other: readonly string[]): boolean {
  return one.every((text, index) => text === other[index] || keyOf(text) === keyOf(other[index]!));
}

function keyOf(line: string): string {
  return /^[^:]*:/.exec(line)?.[0] ?? line.slice(0, line.length - line.trimStart().length);
}
