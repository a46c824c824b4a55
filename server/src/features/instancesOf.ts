import type { Pattern, PatternInstance } from '../rules/pattern.ts';
import type { ResourceGraph } from '../workspace/resourceGraph.ts';

/** The uses of a pattern, found once per state of the workspace. One that fails to recognise itself is unused. */
export function instancesOf(
  pattern: Pattern,
  graph: ResourceGraph,
  onFault: (where: string, error: unknown) => void,
): readonly PatternInstance[] {
  return graph.memo(`instances of ${pattern.id}`, (): readonly PatternInstance[] => {
    try {
      return [...pattern.recognize(graph)];
    } catch (error) {
      onFault(`pattern ${pattern.id}`, error);
      return [];
    }
  });
}
