import { defineRule } from '../../rules/contract.ts';
import { formatDuration, readDuration } from '../../rules/parts/duration.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import { resolveHost } from '../../workspace/istio/hosts.ts';
import { describeOther } from '../../workspace/resource.ts';
import { longestOf, timeoutsTowards } from './routeTimeouts.ts';

/** The request is over before the connection is given up: a dead pod costs every caller the whole timeout. */
export const rule = defineRule({
  id: 'timeout/connect-outlasts-request',
  severity: 'warning',
  profile: 'recommended',
  types: [DESTINATION_RULE],
  *check(resource, graph) {
    const connect = resource.root.find('spec', 'trafficPolicy', 'connectionPool', 'tcp', 'connectTimeout');
    const milliseconds = readDuration(connect?.text());
    const host = resource.root.find('spec', 'host');
    if (!connect || milliseconds === undefined || !host) return;
    const target = resolveHost(host, resource, graph);
    const timeouts = target.status === 'found' ? timeoutsTowards(target.resource, graph) : undefined;
    if (!timeouts) return;
    const longest = longestOf(timeouts);
    if (milliseconds <= longest.milliseconds) return;
    yield {
      at: connect,
      message: `Connecting to ${host.text()} may take ${formatDuration(milliseconds)}, but a request is given up after ${formatDuration(longest.milliseconds)}.`,
      related: [{ at: longest.at, message: `The timeout in ${describeOther(longest.owner)}.` }],
    };
  },
});
