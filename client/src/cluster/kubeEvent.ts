import type { KubeObject } from './kubeObject.ts';

/** An event of the core group: what a component says about an object. */
export interface KubeEvent extends KubeObject {
  readonly involvedObject?: {
    readonly kind?: string;
    readonly name?: string;
    readonly namespace?: string;
    readonly uid?: string;
    /** `spec.containers{web}` when the event is about one container. */
    readonly fieldPath?: string;
  };
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly firstTimestamp?: string | null;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
}

/** The events about one object, the newest first. An event of a namesake that is gone is left out by its uid. */
export function eventsAbout(object: KubeObject, events: readonly KubeEvent[]): KubeEvent[] {
  return events
    .filter(
      ({ involvedObject }) =>
        involvedObject?.kind === object.kind &&
        involvedObject.name === object.metadata.name &&
        (involvedObject.uid === undefined || involvedObject.uid === object.metadata.uid),
    )
    .sort((left, right) => eventTime(right) - eventTime(left));
}

/** The name of the container that an event is about. */
export function containerOfEvent(event: KubeEvent): string | undefined {
  return /\{(.+)\}$/.exec(event.involvedObject?.fieldPath ?? '')?.[1];
}

/** When the event was last seen, in milliseconds since the epoch. */
export function eventTime(event: KubeEvent): number {
  return Date.parse(event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? '') || 0;
}
