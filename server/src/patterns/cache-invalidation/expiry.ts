import { environmentOf } from '../../workspace/applications/environment.ts';
import { pythonSetting } from '../../workspace/applications/pythonSetting.ts';
import type { WrittenSetting } from '../../workspace/applications/setting.ts';
import { runningSources } from '../../workspace/applications/sourceFolders.ts';
import { springApplications } from '../../workspace/applications/spring/springSettings.ts';
import { cacheClientsOf } from '../../workspace/caches/cacheClients.ts';
import type { Workload } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

const VARIABLES = /^(?:CACHE_DEFAULT_TIMEOUT|CACHE_TTL(?:_SECONDS)?|REDIS_TTL(?:_SECONDS)?)$/;

/** A setting that says how long entries of a cache live, and the first workload that puts them there. */
export interface WrittenExpiry {
  readonly setting: WrittenSetting;
  readonly workload: Workload;
  /** As a message names it. */
  readonly cache: string;
}

/** The expiries of cached entries that a resource writes, each place once. */
export function expiriesWrittenIn(resource: Resource, graph: ResourceGraph): readonly WrittenExpiry[] {
  const byResource = graph.memo('written-expiries', () => {
    const index = new Map<Resource, Map<string, WrittenExpiry>>();
    for (const { workloads, server } of cacheClientsOf(graph)) {
      for (const workload of workloads) {
        const setting = expiryOf(workload, graph);
        if (!setting) continue;
        const places = index.get(setting.resource) ?? new Map<string, WrittenExpiry>();
        index.set(setting.resource, places);
        const place = `${setting.at.source.uri}#${setting.at.span.start}`;
        if (!places.has(place)) places.set(place, { setting, workload, cache: server?.name ?? 'its cache' });
      }
    }
    return index;
  });
  return [...(byResource.get(resource)?.values() ?? [])];
}

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
