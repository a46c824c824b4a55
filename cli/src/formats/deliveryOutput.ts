import type { FailureReport } from '../../../client/src/cluster/failure.ts';
import type { DeliveryEvent } from '../../../client/src/delivery/deliveryEvent.ts';
import type { DeliveryState } from '../../../client/src/delivery/deliveryState.ts';

/** How a delivery that ended is told. */
export interface DeliveryEnd {
  /** `told` where something was only looked at. */
  readonly status: DeliveryState['status'] | 'told';
  readonly failure: FailureReport | undefined;
  /** What was left behind in engine, registry or cluster, one sentence each. */
  readonly remains: readonly string[];
  readonly exitCode: number;
}

/** Prints a delivery while it runs. */
export interface DeliveryOutput {
  event(event: DeliveryEvent, state: DeliveryState): void;
  ended(end: DeliveryEnd): void;
}
