import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { alertRoutesOf, everyRoute, ROUTE_TYPES } from './alertRoutes.ts';

const CONDITIONS = ['matchers', 'match', 'match_re', 'matchRe'];

/** The first route that matches takes the alert. Behind one without conditions nothing arrives. */
export const rule = defineRule({
  id: 'metrics/route-unreachable',
  severity: 'warning',
  profile: 'recommended',
  types: ROUTE_TYPES,
  *check(resource) {
    for (const { route } of alertRoutesOf(resource)) {
      for (const parent of everyRoute(route)) {
        const children = parent.find('routes')?.items ?? [];
        const index = children.findIndex(takesEverything);
        const next = index < 0 ? undefined : children[index + 1];
        if (!next) continue;
        const all = children[index]!;
        yield {
          at: all.find('receiver') ?? all,
          message: `This route takes every alert, so that none reaches the one behind it, to ${next.text('receiver') ?? 'its receiver'}.`,
          related: [{ at: next.find('receiver') ?? next, message: 'The route that gets no alert.' }],
        };
      }
    }
  },
});

function takesEverything(route: SourceNode): boolean {
  const isOpen = CONDITIONS.some((field) => !route.lacks(field) && route.find(field)?.known !== true);
  if (isOpen || route.open) return false;
  const hasConditions = CONDITIONS.some((field) => (route.find(field)?.entries.length ?? 0) > 0);
  return !hasConditions && route.lacks('continue');
}
