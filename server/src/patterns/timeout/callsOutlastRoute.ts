import { defineRule } from '../../rules/contract.ts';
import { formatDuration } from '../../rules/parts/duration.ts';
import { type ClientCall, clientCalls, instanceFor } from '../../workspace/applications/spring/clientCalls.ts';
import { SETTING_OWNERS } from '../../workspace/applications/spring/settingOwners.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { describeOther } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { longestOf, timeoutsTowards } from './routeTimeouts.ts';

/** Resilience4j's own. */
const DEFAULT_ATTEMPTS = 3;
const DEFAULT_PAUSE_MILLISECONDS = 500;

/** All tries of one call together last longer than the callers of the application wait. */
export const rule = defineRule({
  id: 'timeout/calls-outlast-route',
  severity: 'warning',
  profile: 'recommended',
  types: SETTING_OWNERS,
  *check(resource, graph) {
    for (const client of clientCalls(graph)) {
      const { callee, timeout, workload } = client;
      if (timeout?.setting.resource !== resource) continue;
      const tries = triesOf(client, graph);
      if (!tries) continue;
      const longest = tries.count * timeout.milliseconds + tries.pauses;
      for (const service of servicesOf(workload, graph)) {
        if (service === callee) continue;
        const routes = timeoutsTowards(service, graph);
        const outer = routes && longestOf(routes);
        if (!outer || longest <= outer.milliseconds) continue;
        const pauses = tries.pauses > 0 ? ` + ${formatDuration(tries.pauses)} of pauses` : '';
        const sum =
          tries.count === 1
            ? formatDuration(longest)
            : `${tries.count} × ${formatDuration(timeout.milliseconds)}${pauses} = ${formatDuration(longest)}`;
        yield {
          at: timeout.setting.at,
          message: `A call of ${describeOther(workload.resource)} to ${describeOther(callee)} may last ${sum}, but its own callers give up after ${formatDuration(outer.milliseconds)}.`,
          related: [
            { at: outer.at, message: `The longest time that callers of ${describeOther(service)} wait.` },
            ...(tries.at ? [{ at: tries.at, message: 'The tries of one call.' }] : []),
          ],
        };
        break;
      }
    }
  },
});

interface Tries {
  readonly count: number;
  /** The pauses between them in milliseconds; those that grow are counted by their first length, so that the sum is never too long. */
  readonly pauses: number;
  readonly at: ReturnType<typeof placeOf>;
}

/** One try where nothing repeats the call; undefined where it is not known. */
function triesOf(client: ClientCall, graph: ResourceGraph): Tries | undefined {
  const retry = instanceFor(client, 'retry', graph);
  if (!retry) return { count: 1, pauses: 0, at: undefined };
  const count = retry.number('max-attempts', DEFAULT_ATTEMPTS);
  const pause = retry.milliseconds('wait-duration', DEFAULT_PAUSE_MILLISECONDS);
  return count === undefined || count < 1
    ? undefined
    : { count, pauses: (count - 1) * (pause ?? 0), at: placeOf(retry) };
}

function placeOf(retry: NonNullable<ReturnType<typeof instanceFor>>) {
  return retry.get('max-attempts')?.at;
}
