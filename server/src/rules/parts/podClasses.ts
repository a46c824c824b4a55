import { matchesAny } from '../../configuration/glob.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe, type Resource } from '../../workspace/resource.ts';
import type { Finding } from '../contract.ts';
import { choice } from './policies.ts';

/** A class that pods name, what is demanded of it, and the noun for messages. */
export interface ClassDemand {
  readonly field: string;
  readonly noun: string;
  readonly required: boolean;
  readonly allowed: readonly string[] | undefined;
}

/** A pod that names no class although it must, or one that is not allowed. */
export function* podClassFaults(
  resource: Resource,
  { field, noun, required, allowed }: ClassDemand,
): Iterable<Finding> {
  const podSpec = workloadOf(resource)?.podSpec;
  const node = podSpec?.find(field);
  const written = node?.text();
  if (podSpec && required && podSpec.lacks(field)) {
    const wish = allowed && allowed.length > 0 ? `, such as ${choice(allowed)}` : '';
    yield { at: podSpec.keyPlace, message: `The pods of ${describe(resource)} name no ${noun}${wish}.` };
  } else if (node && written !== undefined && allowed && !matchesAny(allowed, written)) {
    const wish = allowed.length === 0 ? 'none is allowed' : `allowed is ${choice(allowed)}`;
    yield { at: node, message: `${describe(resource)} names the ${noun} ${written}; ${wish}.` };
  }
}
