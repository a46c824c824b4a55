import { readDuration } from '../../rules/parts/duration.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** The timeout of one route, where it is written. */
export interface RouteTimeout {
  readonly at: SourceNode;
  readonly milliseconds: number;
  readonly owner: Resource;
}

/**
 * The timeouts of all `http` routes of the VirtualServices that lead to a Service. Undefined where one of them has none or
 * hides it: nothing can then be said about the longest or the shortest.
 */
export function timeoutsTowards(service: Resource, graph: ResourceGraph): readonly RouteTimeout[] | undefined {
  const owners = new Set(
    graph.edgesTo(service, 'routes-to').flatMap(({ source }) => (source.type === VIRTUAL_SERVICE ? source : [])),
  );
  const timeouts: RouteTimeout[] = [];
  for (const owner of owners) {
    const routes = owner.root.find('spec', 'http');
    if (!routes || routes.open) return undefined;
    for (const route of routes.items) {
      const at = route.find('timeout');
      const milliseconds = readDuration(at?.text());
      if (!at || !milliseconds) return undefined;
      timeouts.push({ at, milliseconds, owner });
    }
  }
  return timeouts.length === 0 ? undefined : timeouts;
}

/** The one of the longest time. */
export function longestOf(timeouts: readonly RouteTimeout[]): RouteTimeout {
  return timeouts.reduce((longest, timeout) => (timeout.milliseconds > longest.milliseconds ? timeout : longest));
}

/** The one of the shortest time. */
export function shortestOf(timeouts: readonly RouteTimeout[]): RouteTimeout {
  return timeouts.reduce((shortest, timeout) => (timeout.milliseconds < shortest.milliseconds ? timeout : shortest));
}
