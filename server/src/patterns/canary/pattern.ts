import { instanceName } from '../../rules/parts/instanceName.ts';
import { definePattern } from '../../rules/pattern.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { subsetNamed, VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { podsBehind } from '../service-mesh/podsBehind.ts';
import { policiesOf } from '../service-mesh/policiesOf.ts';
import { applyCanary } from './applyCanary.ts';
import { gatewayCanaries } from './gatewayCanaries.ts';
import { podsOfSubset } from './subsetPods.ts';

export const pattern = definePattern({
  id: 'canary',
  title: 'Canary',
  category: 'deployment',
  summary: 'Sends a small share of the traffic to a new version, watches it, and raises the share step by step.',
  roles: {
    route: { title: 'weighted route', required: true },
    subsets: { title: 'subset definition', required: true },
    stable: { title: 'stable workload', required: true },
    canary: { title: 'canary workload', required: true },
    analysis: { title: 'analysis', required: false },
  },
  *recognize(graph) {
    for (const route of graph.all(VIRTUAL_SERVICE)) {
      for (const item of route.root.find('spec', 'http')?.items ?? []) {
        const weighted = item.find('route')?.items.filter((entry) => entry.find('weight')) ?? [];
        if (weighted.length < 2) continue;
        yield meshCanary(route, weighted, graph);
        break;
      }
    }
    yield* gatewayCanaries(graph);
    for (const rollout of graph.all('argoproj.io/Rollout')) {
      const canary = rollout.root.find('spec', 'strategy', 'canary');
      if (!canary) continue;
      const judged = graph
        .edgesFrom(rollout, 'judged-by')
        .flatMap(({ target }) => (target.status === 'found' ? target.resource : []));
      const services = graph
        .edgesFrom(rollout, 'switches')
        .flatMap(({ target, writtenAt }) =>
          target.status === 'found' ? { resource: target.resource, writtenAt } : [],
        );
      yield {
        pattern: 'canary',
        name: instanceName(rollout, graph),
        participants: [
          { role: 'route', resource: rollout, at: canary.keyPlace },
          { role: 'stable', resource: rollout, at: rollout.root.find('metadata', 'name') ?? rollout.root },
          ...services.map(({ resource, writtenAt }) => ({
            role: writtenAt.key === 'canaryService' ? 'canary' : 'stable',
            resource,
            at: resource.root.find('metadata', 'name') ?? resource.root,
          })),
          ...judged.map((resource) => ({
            role: 'analysis',
            resource,
            at: resource.root.find('metadata', 'name') ?? resource.root,
          })),
        ],
        missing: canary.lacks('steps') ? ['route'] : [],
      };
    }
  },
  explanations: [
    {
      types: [VIRTUAL_SERVICE],
      path: ['spec', 'http', '*', 'route', '*', 'weight'],
      text(field) {
        const weights = field.parent?.parent?.items.map((item) => item.number('weight')) ?? [];
        const total = weights.reduce<number>((sum, weight) => sum + (weight ?? 0), 0);
        const own = field.number();
        if (own === undefined || total === 0 || weights.includes(undefined)) return undefined;
        const percent = Number(((100 * own) / total).toFixed(1));
        return `**Canary weight.** ${percent} % of the requests of this route go to ${field.parent?.text('destination', 'subset') ?? field.parent?.text('destination', 'host')} (${own} of ${total}; weights are relative). A canary usually climbs 5 → 10 → 25 → 50 → 100.`;
      },
    },
    {
      types: ['argoproj.io/Rollout'],
      path: ['spec', 'strategy', 'canary', 'steps'],
      text(field) {
        const weights = field.items.flatMap((step) => step.number('setWeight') ?? []);
        if (weights.length === 0) return undefined;
        return `**Canary steps.** ${[...weights, 100].map((weight) => `${weight} %`).join(' → ')}. The last step to 100 % follows by itself.`;
      },
    },
  ],
  apply: applyCanary,
});

/** The heaviest destination is the stable version, the others are canaries: by subsets of one host, or by a host for each. */
function meshCanary(route: Resource, weighted: readonly SourceNode[], graph: ResourceGraph) {
  const name = (resource: Resource) => resource.root.find('metadata', 'name') ?? resource.root;
  const byWeight = [...weighted].sort((a, b) => (b.number('weight') ?? 0) - (a.number('weight') ?? 0));
  const participants = [{ role: 'route', resource: route, at: weighted[0]!.find('weight')!.keyPlace }];
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
