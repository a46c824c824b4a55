import type { KubeEvent } from './kubeEvent.ts';
import type { ClaimState } from './pendingClaims.ts';
import type { Pod, PodSpec } from './pod.ts';

/** What is known around a pod when its troubles are told. */
export interface PodSurroundings {
  /** The pod specification of the workload's template, which the paths lead into. */
  readonly template: PodSpec | undefined;
  /** The names of the workload's volumeClaimTemplates, in their order. */
  readonly claimTemplates?: readonly string[];
  readonly events: readonly KubeEvent[];
  /** The last log line of a container's latest ended run, by `pod/container`. */
  readonly logTails: ReadonlyMap<string, string>;
  /** The claims that pods wait for, by name, as far as they could be read. */
  readonly claims?: ReadonlyMap<string, ClaimState>;
  readonly nowMilliseconds: number;
}

/** How long a missing Secret, ConfigMap or claim is waited for: a controller or the next apply may create it. */
const patienceMilliseconds = 10_000;

/** True when what a pod lacks has been lacking for so long that waiting will hardly bring it. */
export function isPatienceOver({ metadata }: Pod, { nowMilliseconds }: PodSurroundings): boolean {
  const createdAt = Date.parse(metadata.creationTimestamp ?? '') || nowMilliseconds;
  return nowMilliseconds - createdAt >= patienceMilliseconds;
}
