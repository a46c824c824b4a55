import type { Place } from '../text/sourceNode.ts';
import type { Cursor, FeatureSource, Highlight } from './languageFeatures.ts';

/**
 * Where the thing under the cursor occurs in its own file, each place once and in order: what a source says of it, else
 * its definitions and references there. A source that fails costs its own places only.
 */
export function highlightsAt(
  cursor: Cursor,
  sources: readonly FeatureSource[],
  onFault: (error: unknown) => void,
): Highlight[] {
  const { uri } = cursor.file.parsed.source;
  const here = ({ source }: Place): boolean => source.uri === uri;
  const found = new Map<string, Highlight>();
  const add = (highlight: Highlight): void => {
    const key = `${highlight.span.start} ${highlight.span.end}`;
    if (!found.has(key)) found.set(key, highlight);
  };
  for (const source of sources) {
    try {
      if (source.highlights) {
        for (const highlight of source.highlights(cursor)) add(highlight);
        continue;
      }
      for (const place of source.definitions?.(cursor) ?? []) {
        if (here(place)) add({ span: place.span, kind: 'write' });
      }
      for (const place of source.references?.(cursor) ?? []) {
        if (here(place)) add({ span: place.span, kind: 'read' });
      }
    } catch (error) {
      onFault(error);
    }
  }
  return [...found.values()].sort((a, b) => a.span.start - b.span.start);
}
