import type { SourceNode } from '../../text/sourceNode.ts';

/**
 * Reads an IntOrString of the rollout and disruption APIs as a number of pods. Percentages of `total` are rounded up
 * or down as the API server does for the field: surge and minAvailable up, maxUnavailable of a Deployment down.
 * Undefined where the value is absent, unknown, or no such value.
 */
export function podsOf(node: SourceNode | undefined, total: number, rounding: 'up' | 'down'): number | undefined {
  const scalar = node?.scalar;
  if (typeof scalar === 'number') return Number.isInteger(scalar) && scalar >= 0 ? scalar : undefined;
  const percent = typeof scalar === 'string' ? /^(\d+)%$/.exec(scalar)?.[1] : undefined;
  if (percent === undefined) return undefined;
  const pods = (Number(percent) * total) / 100;
  return rounding === 'up' ? Math.ceil(pods) : Math.floor(pods);
}

/** `0`, `"0%"`, `0%`: certainly nothing, whatever the total is. */
export function isZero(node: SourceNode | undefined): boolean {
  return node?.scalar === 0 || (typeof node?.scalar === 'string' && /^0+%?$/.test(node.scalar));
}
