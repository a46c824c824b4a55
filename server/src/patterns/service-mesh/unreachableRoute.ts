import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';

/** Routes are tried in order; behind one that matches everything, none is ever reached. */
export const rule = defineRule({
  id: 'service-mesh/unreachable-route',
  severity: 'warning',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE],
  equivalents: ['istioctl:IST0130', 'istioctl:IST0131'],
  *check({ root }) {
    const routes = root.find('spec', 'http');
    if (!routes) return;
    let catchAll: SourceNode | undefined;
    for (const route of routes.items) {
      if (catchAll) {
        if (route.open) continue;
        const at = route.find('name') ?? route.entries[0]?.keyPlace ?? route;
        yield {
          at,
          message: `This route is never reached: the route in line ${catchAll.source.positionAt(catchAll.span.start).line + 1} above it matches every request.`,
          related: [
            {
              at: catchAll.find('name') ?? catchAll.entries[0]?.keyPlace ?? catchAll,
              message: 'This route matches every request.',
            },
          ],
        };
        continue;
      }
      if (!route.conditional && matchesEverything(route)) catchAll = route;
    }
  },
});

function matchesEverything(route: SourceNode): boolean {
  if (route.lacks('match')) return true;
  const matches = route.find('match');
  if (matches?.kind !== 'list' || matches.open) return false;
  return matches.items.some((match) => {
    if (match.kind !== 'map' || match.open) return false;
    return match.entries.every((entry) => entry.key === 'name' || (entry.key === 'uri' && isPrefixOfAll(entry)));
  });
}

function isPrefixOfAll(uri: SourceNode): boolean {
  return uri.entries.length === 1 && (uri.text('prefix') === '/' || uri.text('regex') === '.*');
}
