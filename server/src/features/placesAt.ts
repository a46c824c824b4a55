import type { Place } from '../text/sourceNode.ts';
import type { Cursor, FeatureSource } from './languageFeatures.ts';

/** The places that the sources give, each once; a source that fails costs its own places only. */
export function placesAt(
  cursor: Cursor,
  sources: readonly FeatureSource[],
  question: 'definitions' | 'references',
  onFault: (error: unknown) => void,
): Place[] {
  const places = new Map<string, Place>();
  for (const source of sources) {
    try {
      for (const place of source[question]?.(cursor) ?? []) {
        places.set(`${place.source.uri} ${place.span.start} ${place.span.end}`, place);
      }
    } catch (error) {
      onFault(error);
    }
  }
  return [...places.values()];
}
