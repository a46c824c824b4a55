import { instanceName } from '../../rules/parts/instanceName.ts';
import type { Participant, PatternInstance } from '../../rules/pattern.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { meshedServices } from '../service-mesh/meshedServices.ts';
import { podsOfSubset } from './subsetPods.ts';

/**
 * Canaries whose route is missing: subsets that tell versions of a Service apart, each with pods of its own, and no
 * route to that Service. A subset means nothing until a route names it.
 */
export function* subsetsWithoutRoute(graph: ResourceGraph): Iterable<PatternInstance> {
  for (const { service, routes, policies } of meshedServices(graph)) {
    const [policy] = policies.filter((rule) => (rule.root.find('spec', 'subsets')?.items.length ?? 0) > 1);
    if (!policy || routes.length > 0) continue;
    const subsets = policy.root.find('spec', 'subsets')!;
    const versions = subsets.items.map((subset) => podsOfSubset(policy, subset, graph));
    const pods = versions.flatMap(({ workloads }) => workloads.map(({ resource }) => resource));
    const areApart = versions.every(({ certain, workloads }) => certain && workloads.length > 0);
    if (!areApart || new Set(pods).size < pods.length) continue;
    const named = ({ root }: Resource) => root.find('metadata', 'name') ?? root;
    const participants: Participant[] = [{ role: 'subsets', resource: policy, at: subsets.keyPlace }];
    for (const [index, { workloads }] of versions.entries()) {
      for (const { resource } of workloads)
        participants.push({ role: index === 0 ? 'stable' : 'canary', resource, at: named(resource).keyPlace });
    }
    yield { pattern: 'canary', name: instanceName(service, graph), participants, missing: ['route'] };
  }
}
