import type { Cursor, Explanation, FeatureSource } from './languageFeatures.ts';

/**
 * Everything that the sources say at a cursor, one below the other, for the smallest span that one of them speaks of. A
 * source that fails costs its own words only. The space between a key and its value explains nothing, although a source
 * may find the value from there.
 */
export function explainAt(
  cursor: Cursor,
  sources: readonly FeatureSource[],
  onFault: (error: unknown) => void,
): Explanation | undefined {
  const said: Explanation[] = [];
  for (const source of sources) {
    try {
      const explanation = source.explain?.(cursor);
      if (explanation && cursor.offset >= explanation.span.start && cursor.offset <= explanation.span.end) {
        said.push(explanation);
      }
    } catch (error) {
      onFault(error);
    }
  }
  if (said.length === 0) return undefined;
  const { span } = said.reduce((a, b) => (b.span.end - b.span.start < a.span.end - a.span.start ? b : a));
  const texts = new Set(said.map(({ markdown }) => markdown).filter((markdown) => markdown !== ''));
  const commands = said.flatMap((explanation) => explanation.commands ?? []);
  return { markdown: [...texts].join('\n\n---\n\n'), span, ...(commands.length > 0 ? { commands } : {}) };
}
