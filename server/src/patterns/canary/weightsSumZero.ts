import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';

/** With all weights 0 there is nothing that could receive a request. */
export const rule = defineRule({
  id: 'canary/weights-sum-zero',
  severity: 'error',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE, 'gateway.networking.k8s.io/HTTPRoute', 'gateway.networking.k8s.io/GRPCRoute'],
  *check({ type, root }) {
    const [routes, field] =
      type === VIRTUAL_SERVICE ? (['http', 'route'] as const) : (['rules', 'backendRefs'] as const);
    for (const route of root.find('spec', routes)?.items ?? []) {
      const list = route.find(field);
      if (!list || list.open || list.items.length === 0) continue;
      const weights = list.items.map((item) => item.find('weight'));
      if (!weights.every((weight): weight is SourceNode => weight?.number() === 0)) continue;
      const [first] = weights as [SourceNode];
      yield { at: first, message: `No request can be sent: the weights of this route are all 0.` };
    }
  },
});
