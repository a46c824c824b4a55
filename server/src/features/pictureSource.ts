import type { Pattern, PatternInstance } from '../rules/pattern.ts';
import type { DrawPicture } from '../rules/picture.ts';
import type { Span } from '../text/sourceText.ts';
import type { ResourceGraph } from '../workspace/resourceGraph.ts';
import { instancesOf } from './instancesOf.ts';
import type { Explanation, FeatureSource } from './languageFeatures.ts';
import { nodeAt } from './nodeAt.ts';
import { isExplained } from './patternSource.ts';
import { pictureSketch } from './pictures/pictureSketch.ts';

/** The command of our own client that draws a picture. */
const SHOW_PICTURE = 'slipway.showPicture' as const;

/** An object that plays in more uses than these is offered the first ones only. */
const MOST_OFFERS = 5;

/** A use of a pattern at the place of one of its participants. */
interface PlacedUse {
  readonly span: Span;
  readonly pattern: Pattern;
  readonly instance: PatternInstance;
}

/** At the places that make a pattern: a sketch of its states or ways, and the way to the picture. */
export function pictureSource(
  patterns: readonly Pattern[],
  pictures: Readonly<Record<string, DrawPicture>>,
): FeatureSource {
  return {
    explain({ file, offset, snapshot }): Explanation | undefined {
      const { graph } = snapshot;
      const { uri } = file.parsed.source;
      const all = usesByFile(patterns, graph).get(uri) ?? [];
      const here = all.filter(({ span }) => span.end > span.start && offset >= span.start && offset <= span.end);
      const [first] = here;
      if (!first) return undefined;
      const node = nodeAt(file.parsed.roots, offset);
      const sketches = here.flatMap(({ instance, pattern }) => {
        const picture = pictures[pattern.id]?.(instance, graph);
        const says = node && graph.inFile(uri).some((resource) => isExplained(pattern, node, resource));
        return picture && !says
          ? [`**${pattern.title}** of ${instance.name}\n\n\`\`\`text\n${pictureSketch(picture)}\n\`\`\``]
          : [];
      });
      const commands = here.slice(0, MOST_OFFERS).map(({ instance, pattern }) => ({
        title: `Picture of ${pattern.title}: ${instance.name}`,
        id: SHOW_PICTURE,
        argument: { pattern: pattern.id, use: instance.name },
      }));
      return { markdown: sketches.join('\n\n'), span: first.span, commands };
    },
  };
}

function usesByFile(patterns: readonly Pattern[], graph: ResourceGraph): ReadonlyMap<string, readonly PlacedUse[]> {
  return graph.memo('uses of patterns by file', () => {
    const byFile = new Map<string, PlacedUse[]>();
    for (const pattern of patterns) {
      // Who draws the views tells of a pattern that fails; a hover says what it can.
      for (const instance of instancesOf(pattern, graph, () => {})) {
        const places = new Set<string>();
        for (const { at } of instance.participants) {
          const { source, span } = at;
          const place = `${source.uri} ${span.start}`;
          if (places.has(place)) continue;
          places.add(place);
          byFile.set(source.uri, [...(byFile.get(source.uri) ?? []), { span, pattern, instance }]);
        }
      }
    }
    return byFile;
  });
}
