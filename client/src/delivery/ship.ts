import { deliver } from './deliver.ts';
import type { DeliveryEvent } from './deliveryEvent.ts';
import { afterEvent, type DeliveryState, noDelivery } from './deliveryState.ts';
import type { Engines } from './engines.ts';
import type { DeliveryIntent, RolloutIntent } from './intent.ts';
import { planDelivery } from './planDelivery.ts';

/**
 * Fulfils an intent from plan to end and resolves with the state that all events together make. What went wrong is in
 * the state; only a contradictory intent and a fault of our own are thrown.
 */
export async function ship(
  intent: DeliveryIntent,
  engines: Engines,
  emit: (event: DeliveryEvent, state: DeliveryState) => void,
  signal: AbortSignal,
): Promise<DeliveryState> {
  let state = noDelivery;
  await deliver(
    planDelivery(intent),
    engines,
    (event) => {
      state = afterEvent(state, event);
      emit(event, state);
    },
    signal,
  );
  return state;
}

/** Watches a rollout, or takes one back and watches that: `ship` for an intent that has nothing else. */
export function rollout(
  intent: RolloutIntent,
  engines: Engines,
  emit: (event: DeliveryEvent, state: DeliveryState) => void,
  signal: AbortSignal,
): Promise<DeliveryState> {
  return ship({ rollout: intent }, engines, emit, signal);
}
