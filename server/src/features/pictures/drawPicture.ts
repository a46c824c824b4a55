import type { Pattern, PatternInstance } from '../../rules/pattern.ts';
import type { DrawPicture, Picture } from '../../rules/picture.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { defaultPicture } from './defaultPicture.ts';

/** The picture of a use: the pattern's own, or that of its participants. */
export function drawPicture(
  pattern: Pattern,
  instance: PatternInstance,
  graph: ResourceGraph,
  own: DrawPicture | undefined,
): Picture {
  return own?.(instance, graph) ?? defaultPicture(pattern, instance, graph);
}
