import { definePattern } from '../../rules/pattern.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { applyCanary } from './applyCanary.ts';
import { gatewayCanaries } from './gatewayCanaries.ts';
import { meshCanary } from './meshCanary.ts';
import { drivenRoutes, rolloutCanaries } from './rolloutCanaries.ts';
import { subsetsWithoutRoute } from './subsetsWithoutRoute.ts';

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
    const driven = drivenRoutes(graph);
    for (const route of graph.all(VIRTUAL_SERVICE)) {
      const canary = driven.has(route) ? undefined : meshCanary(route, graph);
      if (canary) yield canary;
    }
    yield* gatewayCanaries(graph);
    yield* subsetsWithoutRoute(graph);
    yield* rolloutCanaries(graph);
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
