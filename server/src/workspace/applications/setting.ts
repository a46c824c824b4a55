import type { Place } from '../../text/sourceNode.ts';
import type { Resource } from '../resource.ts';

/** One value that something sets, and where it is written. */
export interface WrittenSetting {
  /** Undefined where it cannot be known: a Secret, a template, a placeholder without a default. */
  readonly value: string | undefined;
  readonly at: Place;
  /** The resource that writes it: a finding about it lies in this resource's file. */
  readonly resource: Resource;
  /** As its own file names it: `spring.jpa.open-in-view`, `SPRING_JPA_OPEN_IN_VIEW`. */
  readonly name: string;
}

/** The value that a process gets, and what would count without it, nearest first. */
export interface EffectiveSetting extends WrittenSetting {
  readonly overridden: readonly WrittenSetting[];
}
