import { defineRule, type Finding } from '../../rules/contract.ts';
import type { Place, SourceNode } from '../../text/sourceNode.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { covers, matchesOf } from './routeCover.ts';

/** Routes are tried in order; what an earlier one matches, a later one never sees. */
export const rule = defineRule({
  id: 'service-mesh/unreachable-route',
  severity: 'warning',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE],
  equivalents: ['istioctl:IST0130', 'istioctl:IST0131'],
  *check({ root }) {
    for (const protocol of ['http', 'tls', 'tcp']) yield* unreachable(root.find('spec', protocol)?.items ?? []);
  },
});

function* unreachable(routes: readonly SourceNode[]): Iterable<Finding> {
  for (const [index, route] of routes.entries()) {
    const matches = matchesOf(route);
    if (route.open || !matches) continue;
    const earlier = routes.slice(0, index).filter((one) => !one.conditional);
    const coveredBy = matches.map((match) =>
      earlier.find((one) => matchesOf(one)?.some((outer) => covers(outer, match))),
    );
    const [first] = coveredBy;
    if (first && coveredBy.every((one) => one !== undefined)) {
      const isForAll = (matchesOf(first) ?? []).some((outer) => covers(outer, 'everything'));
      yield {
        at: placeOf(route),
        message: `This route is never reached: the route in line ${lineOf(first)} above it matches ${isForAll ? 'every request' : 'all that it matches'}.`,
        related: [
          { at: placeOf(first), message: isForAll ? 'This route matches every request.' : 'This route comes first.' },
        ],
      };
      continue;
    }
    for (const [position, match] of matches.entries()) {
      const cover = coveredBy[position];
      if (!cover || match === 'everything') continue;
      yield {
        at: match.entries[0]?.keyPlace ?? match,
        severity: 'information',
        strict: true,
        message: `This match has no effect: the route in line ${lineOf(cover)} takes what it matches.`,
        related: [{ at: placeOf(cover), message: 'This route comes first.' }],
      };
    }
  }
}

function placeOf(route: SourceNode): Place {
  return route.find('name') ?? route.entries[0]?.keyPlace ?? route;
}

function lineOf(node: SourceNode): number {
  return node.source.positionAt(node.span.start).line + 1;
}
