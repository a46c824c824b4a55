import { defineRule } from '../../rules/contract.ts';
import { formatDuration } from '../../rules/parts/duration.ts';
import { SETTING_OWNERS } from '../../workspace/applications/spring/settingOwners.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { longestOf, timeoutsTowards } from '../timeout/routeTimeouts.ts';
import { effectiveIn, isServing, nameOf } from './springData.ts';

const KEY = 'spring.datasource.hikari.connection-timeout';

/** The caller is gone before the pool gives up: threads wait for connections that nobody needs any more. */
export const rule = defineRule({
  id: 'spring-data/pool-outwaits-request',
  severity: 'warning',
  profile: 'recommended',
  types: SETTING_OWNERS,
  *check(resource, graph) {
    for (const { settings, setting, certain } of effectiveIn(resource, KEY, graph)) {
      const { running } = settings;
      const wait = Number(setting.value);
      if (!running || !isServing(settings) || !Number.isInteger(wait) || wait <= 0) continue;
      for (const service of servicesOf(running.workload, graph)) {
        const timeouts = timeoutsTowards(service, graph);
        const longest = timeouts && longestOf(timeouts);
        if (!longest || wait < longest.milliseconds) continue;
        yield {
          at: setting.at,
          message: `A request to ${nameOf(settings)} waits up to ${formatDuration(wait)} for a connection, but its caller gives up after ${formatDuration(longest.milliseconds)}.`,
          related: [{ at: longest.at, message: 'The longest time that a caller waits.' }],
          ...(!certain && { strict: true }),
        };
        break;
      }
    }
  },
});
