import type { DeliveryEvent } from './deliveryEvent.ts';
import type { Engines } from './engines.ts';
import type { DocumentReview } from './review.ts';

/** What the steps of one delivery share while it runs. */
export interface StepRun {
  readonly engines: Engines;
  readonly emit: (event: DeliveryEvent) => void;
  readonly signal: AbortSignal;
  /** Digests pushed so far, by reference. */
  readonly digests: Map<string, string>;
  /** What the dry run said, for the question before the first write. */
  readonly reviews: DocumentReview[];
  /** The generation that each applied workload got, by the id of the step that watches it. */
  readonly generations: Map<string, number>;
  /** What the step that runs now has left behind, told when it does not end well. */
  readonly remains: string[];
}
