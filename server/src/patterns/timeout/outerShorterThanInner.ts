import { defineRule } from '../../rules/contract.ts';
import { formatDuration } from '../../rules/parts/duration.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { SERVING_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describeOther } from '../../workspace/resource.ts';
import { calledServices } from './calledServices.ts';
import { longestOf, shortestOf, timeoutsTowards } from './routeTimeouts.ts';

/** The caller gives up while the callee still waits for its own callee: work that nobody takes. */
export const rule = defineRule({
  id: 'timeout/outer-shorter-than-inner',
  severity: 'warning',
  profile: 'recommended',
  types: ['networking.istio.io/VirtualService'],
  *check(resource, graph) {
    for (const owner of graph.near(resource, ...SERVING_TYPES)) {
      const workload = workloadOf(owner);
      if (!workload) continue;
      for (const service of servicesOf(workload, graph)) {
        const own = timeoutsTowards(service, graph);
        // Said once, at the longest route: the others are shorter still.
        const outer = own && longestOf(own);
        if (!outer || outer.owner !== resource) continue;
        for (const called of calledServices(workload, graph)) {
          if (called.service === service) continue;
          const inner = timeoutsTowards(called.service, graph);
          const shortest = inner && shortestOf(inner);
          if (!shortest || shortest.milliseconds <= outer.milliseconds) continue;
          yield {
            at: outer.at,
            message: `Callers of ${describeOther(service)} give up after ${formatDuration(outer.milliseconds)}, but its own calls to ${describeOther(called.service)} may take ${formatDuration(shortest.milliseconds)}.`,
            related: [
              { at: shortest.at, message: `The timeout of calls to ${describeOther(called.service)}.` },
              { at: called.at, message: `${describeOther(owner)} calls ${describeOther(called.service)}.` },
            ],
          };
        }
      }
    }
  },
});
