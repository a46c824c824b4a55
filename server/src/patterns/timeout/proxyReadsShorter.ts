import { defineRule } from '../../rules/contract.ts';
import { formatDuration } from '../../rules/parts/duration.ts';
import { describe, describeOther } from '../../workspace/resource.ts';
import { longestOf, timeoutsTowards } from './routeTimeouts.ts';

const READ_TIMEOUT = 'nginx.ingress.kubernetes.io/proxy-read-timeout';

/** The ingress answers 504 while the route behind it still waits. */
export const rule = defineRule({
  id: 'timeout/proxy-reads-shorter',
  severity: 'warning',
  // Whether the route holds for the ingress controller depends on its sidecar.
  profile: 'strict',
  types: ['networking.k8s.io/Ingress'],
  *check(resource, graph) {
    const annotation = resource.root.find('metadata', 'annotations', READ_TIMEOUT);
    const seconds = Number(annotation?.text());
    if (!annotation || !Number.isFinite(seconds) || seconds <= 0) return;
    for (const { target } of graph.edgesFrom(resource, 'routes-to')) {
      const timeouts = target.status === 'found' ? timeoutsTowards(target.resource, graph) : undefined;
      const longest = timeouts && longestOf(timeouts);
      if (target.status !== 'found' || !longest || longest.milliseconds <= seconds * 1000) continue;
      yield {
        at: annotation,
        message: `${describe(resource)} gives up after ${formatDuration(seconds * 1000)}, but the route to ${describeOther(target.resource)} allows ${formatDuration(longest.milliseconds)}.`,
        related: [{ at: longest.at, message: `The timeout in ${describeOther(longest.owner)}.` }],
      };
      return;
    }
  },
});
