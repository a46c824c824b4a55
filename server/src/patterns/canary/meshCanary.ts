import { instanceName } from '../../rules/parts/instanceName.ts';
import type { Participant, PatternInstance } from '../../rules/pattern.ts';
import { subsetNamed } from '../../workspace/istio/destinationRules.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { podsBehind } from '../service-mesh/podsBehind.ts';
import { policiesOf } from '../service-mesh/policiesOf.ts';
import { podsOfSubset } from './subsetPods.ts';

/**
 * The canary of a VirtualService that shares its requests out: the heaviest destination is the stable version, the
 * others are canaries, by subsets of one host or by a host for each.
 */
export function meshCanary(route: Resource, graph: ResourceGraph): PatternInstance | undefined {
  const weighted = (route.root.find('spec', 'http')?.items ?? [])
    .map((item) => item.find('route')?.items.filter((entry) => entry.find('weight')) ?? [])
    .find((entries) => entries.length > 1);
  if (!weighted) return undefined;
  const name = (resource: Resource) => resource.root.find('metadata', 'name') ?? resource.root;
  const byWeight = [...weighted].sort((a, b) => (b.number('weight') ?? 0) - (a.number('weight') ?? 0));
  const participants: Participant[] = [{ role: 'route', resource: route, at: weighted[0]!.find('weight')!.keyPlace }];
  const policies = new Set<Resource>();
  // A role that a template may fill is not missing, and hosts of their own need no subsets.
  const open = new Set<string>();
  if (weighted.every((entry) => entry.lacks('destination', 'subset'))) open.add('subsets');
  for (const [index, entry] of byWeight.entries()) {
    const role = index === 0 ? 'stable' : 'canary';
    const host = entry.find('destination', 'host');
    const subset = entry.find('destination', 'subset');
    if (!host) continue;
    const { rules, certain } = policiesOf(host, route, graph);
    if (!certain) open.add('subsets').add(role);
    const behind = podsBehind(host, route, graph);
    if (!behind.certain || (subset && subset.text() === undefined)) open.add(role);
    if (!subset)
      for (const resource of behind.participants) participants.push({ role, resource, at: name(resource).keyPlace });
    for (const policy of rules) {
      policies.add(policy);
      const definition = subset && subsetNamed(policy, subset.text() ?? '');
      if (!definition) continue;
      const pods = podsOfSubset(policy, definition, graph);
      if (!pods.certain && behind.participants.length > 0) open.add(role);
      for (const { resource } of pods.workloads) participants.push({ role, resource, at: name(resource).keyPlace });
    }
  }
  for (const policy of policies)
    participants.push({
      role: 'subsets',
      resource: policy,
      at: (policy.root.find('spec', 'subsets') ?? name(policy)).keyPlace,
    });
  const missing = ['subsets', 'stable', 'canary'].filter(
    (role) => !open.has(role) && !participants.some((participant) => participant.role === role),
  );
  return { pattern: 'canary', name: instanceName(route, graph), participants, missing };
}
