import { environmentOf } from '../../workspace/applications/environment.ts';
import { pythonSetting } from '../../workspace/applications/pythonSetting.ts';
import type { WrittenSetting } from '../../workspace/applications/setting.ts';
import { runningSources } from '../../workspace/applications/sourceFolders.ts';
import { springApplications } from '../../workspace/applications/spring/springSettings.ts';
import type { Workload } from '../../workspace/kubernetes/workload.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

const VARIABLES = /^(?:CACHE_DEFAULT_TIMEOUT|CACHE_TTL(?:_SECONDS)?|REDIS_TTL(?:_SECONDS)?)$/;

/** What says how long an entry of the cache lives, for one workload. */
export function expiryOf(workload: Workload, graph: ResourceGraph): WrittenSetting | undefined {
  for (const running of runningSources(graph)) {
    if (running.workload.resource !== workload.resource) continue;
    const flask = pythonSetting('CACHE_DEFAULT_TIMEOUT', running, graph);
    if (flask) return flask;
  }
  for (const application of springApplications(graph)) {
    if (application.running?.workload.resource !== workload.resource) continue;
    const spring = application.get('spring.cache.redis.time-to-live');
    if (spring) return spring;
  }
  for (const container of workload.containers) {
    for (const [name, setting] of environmentOf({ workload, container }, graph).variables)
      if (VARIABLES.test(name)) return setting;
  }
  return undefined;
}
