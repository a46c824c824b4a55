import type { FailureReport } from '../cluster/failure.ts';
import type { RolloutSighting } from '../cluster/watchRollout.ts';
import type { BuildProgress } from './buildProgress.ts';
import type { PushProgress } from './imageEngine.ts';
import type { DocumentReview } from './review.ts';
import type { ContainerTestResult } from './runContainerTests.ts';
import type { Step } from './step.ts';

/** What a finished step has to show. */
export type StepResult =
  | { readonly kind: 'checked'; readonly existingDigest: string | undefined }
  | { readonly kind: 'built'; readonly reference: string; readonly id: string; readonly digest: string | undefined }
  | { readonly kind: 'tested'; readonly passed: number; readonly notRun: number }
  | { readonly kind: 'pushed'; readonly reference: string; readonly digest: string }
  | { readonly kind: 'reviewed'; readonly changes: number }
  | { readonly kind: 'applied'; readonly objects: number }
  /** `kept` counts what is gone from the manifests and was left in the cluster. */
  | { readonly kind: 'pruned'; readonly objects: number; readonly kept: number }
  | { readonly kind: 'sync-requested' }
  | { readonly kind: 'rolled-out'; readonly revision: number; readonly images: readonly string[] }
  | { readonly kind: 'undone'; readonly from: number; readonly to: number; readonly images: readonly string[] };

/** One object that was written to a cluster, or deleted there. */
export interface AppliedObject {
  readonly context: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** Something that happened in a delivery: plain data, in the order in which it happened. */
export type DeliveryEvent =
  | { readonly type: 'planned'; readonly steps: readonly Step[] }
  | { readonly type: 'step-started'; readonly step: string; readonly atMilliseconds: number }
  | {
      readonly type: 'step-finished';
      readonly step: string;
      readonly atMilliseconds: number;
      readonly result: StepResult;
    }
  | {
      readonly type: 'step-failed';
      readonly step: string;
      readonly atMilliseconds: number;
      readonly failure: FailureReport;
      /** What the step left behind in engine, registry or cluster, one sentence each. */
      readonly remains: readonly string[];
    }
  | { readonly type: 'notice'; readonly step: string; readonly text: string }
  | { readonly type: 'build-progress'; readonly step: string; readonly progress: BuildProgress }
  | { readonly type: 'container-test'; readonly step: string; readonly result: ContainerTestResult }
  | { readonly type: 'push-progress'; readonly step: string; readonly progress: PushProgress }
  | { readonly type: 'reviewed'; readonly step: string; readonly review: DocumentReview }
  | { readonly type: 'applied'; readonly step: string; readonly object: AppliedObject }
  | { readonly type: 'pruned'; readonly step: string; readonly object: AppliedObject }
  | { readonly type: 'rollout'; readonly step: string; readonly sighting: RolloutSighting }
  | { readonly type: 'undone'; readonly step: string; readonly result: Extract<StepResult, { kind: 'undone' }> };
