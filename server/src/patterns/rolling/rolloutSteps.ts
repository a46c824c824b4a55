import { isZero, podsOf } from '../../rules/parts/intOrPercent.ts';
import type { SourceNode } from '../../text/sourceNode.ts';

/** One moment of a rollout, after the controller has acted and before the starting pods are ready. */
export interface RolloutStep {
  readonly old: number;
  readonly ready: number;
  readonly starting: number;
}

export interface RolloutLimits {
  /** Pods above the wanted number. */
  readonly surge: number;
  /** Pods that may be missing. */
  readonly unavailable: number;
}

/**
 * The limits of a Deployment in pods, rounded as the controller does: surge up, unavailable down, 25 % each where nothing
 * is written, and one missing pod where both come out as 0. Undefined where a template writes one of them.
 */
export function rolloutLimits(limits: SourceNode, replicas: number): RolloutLimits | undefined {
  const read = (field: string, rounding: 'up' | 'down') => {
    if (limits.lacks(field)) {
      const quarter = replicas / 4;
      return rounding === 'up' ? Math.ceil(quarter) : Math.floor(quarter);
    }
    return podsOf(limits.find(field), replicas, rounding);
  };
  const surge = read('maxSurge', 'up');
  const unavailable = read('maxUnavailable', 'down');
  if (surge === undefined || unavailable === undefined) return undefined;
  if (surge > 0 || unavailable > 0) return { surge, unavailable };
  // The API server refuses two zeros that are written as such.
  return isZero(limits.find('maxSurge')) && isZero(limits.find('maxUnavailable'))
    ? undefined
    : { surge, unavailable: 1 };
}

/** The rollout of `replicas` pods, step by step, each new pod being ready before the next step. */
export function rolloutSteps(replicas: number, { surge, unavailable }: RolloutLimits): readonly RolloutStep[] {
  const steps: RolloutStep[] = [];
  let [old, ready] = [replicas, 0];
  while (old > 0 || ready < replicas) {
    const spare = Math.max(0, old + ready - (replicas - unavailable));
    old -= Math.min(old, spare);
    const starting = Math.max(0, Math.min(replicas - ready, replicas + surge - old - ready));
    // Limits that allow no step at all never get here; this guards the loop all the same.
    if (starting === 0 && spare === 0) break;
    steps.push({ old, ready, starting });
    ready += starting;
  }
  return steps;
}
