import type { Clock } from '../cluster/clock.ts';
import type { KubeApi } from '../cluster/kubeApi.ts';
import type { KubeObject } from '../cluster/kubeObject.ts';
import type { ImageEngine } from './imageEngine.ts';
import type { HelmEngine } from './release/helmEngine.ts';
import type { DocumentReview } from './review.ts';
import type { Apply, Prune, UpgradeRelease } from './step.ts';

/** What a delivery works with. The composition roots fill it; tests fill it with stand-ins. */
export interface Engines {
  /** The container engine of that name. Throws a `Failure` when there is none. */
  imageEngine(name: string): Promise<ImageEngine>;
  /** The API server of that context. Throws a `Failure` when no kubeconfig knows it. */
  cluster(context: string): KubeApi;
  /** The user's own helm; absent where releases are not meant. */
  readonly helm?: HelmEngine;
  readonly clock: Clock;
  /**
   * Asked before the first write to a cluster, with what the server said it would do. False ends the delivery as
   * cancelled. Absent where the person agreed beforehand.
   */
  readonly approve?: (step: Apply | UpgradeRelease, reviews: readonly DocumentReview[]) => Promise<boolean>;
  /** Asked before anything is pruned, with the objects as they are; false leaves them. Absent as for `approve`. */
  readonly approvePrune?: (step: Prune, objects: readonly KubeObject[]) => Promise<boolean>;
}
