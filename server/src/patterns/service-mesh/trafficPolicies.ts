import type { SourceNode } from '../../text/sourceNode.ts';

/** Every traffic policy that a DestinationRule writes: its own, those of its ports and those of its subsets. */
export function* trafficPolicies(root: SourceNode): Iterable<SourceNode> {
  const own = root.find('spec', 'trafficPolicy');
  const ofSubsets = root.find('spec', 'subsets')?.items.flatMap((subset) => subset.find('trafficPolicy') ?? []) ?? [];
  for (const policy of own ? [own, ...ofSubsets] : ofSubsets) {
    yield policy;
    yield* policy.find('portLevelSettings')?.items ?? [];
  }
}
