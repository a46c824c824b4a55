import { PYTHON_SETTINGS } from '../../languages/python/pythonLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { formatDuration } from '../../rules/parts/duration.ts';
import { enginesOf } from '../../workspace/applications/pythonDatabaseClients.ts';
import { effectiveValue } from '../../workspace/applications/pythonSetting.ts';
import { runningSources } from '../../workspace/applications/sourceFolders.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { describeOther } from '../../workspace/resource.ts';
import { shortestOf, timeoutsTowards } from '../timeout/routeTimeouts.ts';

/** A request that waits for a connection longer than its caller waits for it works for nobody. */
export const rule = defineRule({
  id: 'flask-sqlalchemy/pool-wait-outlasts-request',
  severity: 'warning',
  profile: 'strict',
  types: [PYTHON_SETTINGS, 'ConfigMap', 'apps/Deployment', 'apps/StatefulSet', 'argoproj.io/Rollout'],
  *check(resource, graph) {
    const told = new Set<number>();
    for (const running of runningSources(graph)) {
      for (const engine of enginesOf(running.source)) {
        const entry = engine.options.find(({ name }) => name === 'pool_timeout');
        const wait = entry && effectiveValue('pool_timeout', entry.value, engine, running, graph);
        const milliseconds = Number(wait?.value) * 1000;
        if (wait?.resource !== resource || !(milliseconds > 0) || told.has(wait.at.span.start)) continue;
        for (const service of servicesOf(running.workload, graph)) {
          const timeouts = timeoutsTowards(service, graph);
          const shortest = timeouts && shortestOf(timeouts);
          if (!shortest || milliseconds < shortest.milliseconds || told.has(wait.at.span.start)) continue;
          told.add(wait.at.span.start);
          yield {
            at: wait.at,
            message: `A request may wait ${formatDuration(milliseconds)} for a connection, but callers of ${describeOther(service)} give up after ${formatDuration(shortest.milliseconds)}.`,
            related: [{ at: shortest.at, message: `The timeout in ${describeOther(shortest.owner)}.` }],
          };
        }
      }
    }
  },
});
