import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { formatDuration } from '../../rules/parts/duration.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe, describeOther } from '../../workspace/resource.ts';
import { preStopSeconds } from '../rolling/preStop.ts';
import { longestOf, timeoutsTowards } from './routeTimeouts.ts';

const DEFAULT_GRACE_SECONDS = 30;

/** What is still running when the grace period ends is cut off in every rollout. */
export const rule = defineRule({
  id: 'timeout/grace-shorter-than-request',
  severity: 'information',
  // Few requests take as long as they may.
  profile: 'strict',
  types: ['apps/Deployment', 'apps/StatefulSet', 'argoproj.io/Rollout'],
  *check(resource, graph) {
    const workload = workloadOf(resource);
    const podSpec = workload?.podSpec;
    if (!workload || !podSpec) return;
    const written = podSpec.find('terminationGracePeriodSeconds');
    const grace =
      written?.number() ?? (podSpec.lacks('terminationGracePeriodSeconds') ? DEFAULT_GRACE_SECONDS : undefined);
    if (grace === undefined) return;
    const waits = workload.containers.map((container) => preStopSeconds(container)?.seconds ?? 0);
    const wait = Math.max(0, ...waits);
    for (const service of servicesOf(workload, graph)) {
      const timeouts = timeoutsTowards(service, graph);
      const longest = timeouts && longestOf(timeouts);
      if (!longest) continue;
      const needed = wait + longest.milliseconds / 1000;
      if (needed <= grace) continue;
      const seconds = Math.ceil(needed);
      yield {
        at: written ?? resource.root.find('metadata', 'name') ?? podSpec.keyPlace,
        message: `A pod of ${describe(resource)} has ${grace} s to end, but ${wait > 0 ? `its preStop hook and ` : ''}a request of ${formatDuration(longest.milliseconds)} ${wait > 0 ? `need ${Number(needed.toFixed(1))} s` : 'needs more'}.`,
        related: [{ at: longest.at, message: `The timeout in ${describeOther(longest.owner)}.` }],
        fixes: [
          {
            title: `Allow ${seconds} s`,
            safe: true,
            edits: () => setValue(podSpec, ['terminationGracePeriodSeconds'], seconds),
          },
        ],
      };
      return;
    }
  },
});
