import type { Place } from '../text/sourceNode.ts';
import type { ResourceGraph } from '../workspace/resourceGraph.ts';
import type { PatternInstance } from './pattern.ts';

/** One box of a picture. */
export interface PictureNode {
  /** Unique within the picture: letters and digits. */
  readonly id: string;
  /** A few words, in the user's own names; `\n` begins a new line. */
  readonly text: string;
  /** `state`: rounded, for what something is in, not what it is. */
  readonly shape?: 'box' | 'state';
  /** `missing`: a role that nothing plays. `first`: where one begins to read. */
  readonly tone?: 'missing' | 'first';
  /** The line that the box stands for. */
  readonly at?: Place;
}

export interface PictureEdge {
  readonly from: string;
  readonly to: string;
  readonly text?: string;
  /** A way that is taken only when something fails, or is not there yet. */
  readonly dashed?: boolean;
}

/** One use of a pattern as boxes and arrows, with this workspace's names and numbers. Plain data; whoever shows it draws it. */
export interface Picture {
  /** From left to right, or from the top down. */
  readonly direction: 'right' | 'down';
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}

/**
 * Draws a use of a pattern; undefined where the numbers that it would show are not known. A pattern may export one as
 * `picture` from `picture.ts` in its folder; the others are drawn from their participants.
 */
export type DrawPicture = (instance: PatternInstance, graph: ResourceGraph) => Picture | undefined;
