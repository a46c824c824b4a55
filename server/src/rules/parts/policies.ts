import type { Policies } from '../../configuration/configuration.ts';
import { type Settings, settingsOf } from '../../configuration/settings.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import type { RelatedPlace } from '../contract.ts';

/** What `slipway.yaml` demands of a resource under one heading. */
export interface Demand<Name extends keyof Policies> {
  readonly policy: NonNullable<Policies[Name]>;
  /** Where a key of the policy is written, for a finding's related places. */
  because(...path: readonly string[]): { readonly related?: readonly RelatedPlace[] };
}

/** Undefined where nothing is demanded: then a rule has nothing to say. */
export function demandOf<Name extends keyof Policies>(
  resource: Resource,
  graph: ResourceGraph,
  name: Name,
): Demand<Name> | undefined {
  const settings: Settings = settingsOf(graph, resource.uri);
  const policy = settings.policies[name];
  if (!policy) return undefined;
  return {
    policy,
    because(...path) {
      const at = settings.policyPlace(name, ...path);
      return at ? { related: [{ at, message: 'slipway.yaml demands it here.' }] } : {};
    },
  };
}

/** `a`, `a or b`, `a, b or c`, for what is allowed. */
export function choice(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
