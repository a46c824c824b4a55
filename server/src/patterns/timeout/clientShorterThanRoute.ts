import { defineRule } from '../../rules/contract.ts';
import { formatDuration } from '../../rules/parts/duration.ts';
import { clientCalls } from '../../workspace/applications/spring/clientCalls.ts';
import { SETTING_OWNERS } from '../../workspace/applications/spring/settingOwners.ts';
import { describeOther } from '../../workspace/resource.ts';
import { shortestOf, timeoutsTowards } from './routeTimeouts.ts';

/** The application gives up while the mesh still waits, and retries, for a caller that is gone. */
export const rule = defineRule({
  id: 'timeout/client-shorter-than-route',
  severity: 'warning',
  profile: 'recommended',
  types: SETTING_OWNERS,
  *check(resource, graph) {
    for (const { callee, timeout, workload } of clientCalls(graph)) {
      if (timeout?.setting.resource !== resource) continue;
      const routes = timeoutsTowards(callee, graph);
      const shortest = routes && shortestOf(routes);
      if (!shortest || timeout.milliseconds >= shortest.milliseconds) continue;
      yield {
        at: timeout.setting.at,
        message: `${describeOther(workload.resource)} gives up a call to ${describeOther(callee)} after ${formatDuration(timeout.milliseconds)}, but the mesh goes on for ${formatDuration(shortest.milliseconds)}, retries included.`,
        related: [{ at: shortest.at, message: `The timeout of calls to ${describeOther(callee)}.` }],
      };
    }
  },
});
