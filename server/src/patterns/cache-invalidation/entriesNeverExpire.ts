import { SPRING_SETTINGS } from '../../languages/java/springSettings.ts';
import { PYTHON_SETTINGS } from '../../languages/python/pythonLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { springApplications } from '../../workspace/applications/spring/springSettings.ts';
import { cacheClientsOf } from '../../workspace/caches/cacheClients.ts';
import { SERVING_TYPES } from '../../workspace/kubernetes/workload.ts';
import { expiryOf } from './expiry.ts';

/** An entry that never expires is stale for ever, once one invalidation is lost. */
export const rule = defineRule({
  id: 'cache-invalidation/entries-never-expire',
  severity: 'warning',
  profile: 'recommended',
  types: ['ConfigMap', PYTHON_SETTINGS, SPRING_SETTINGS, ...SERVING_TYPES],
  *check(resource, graph) {
    // Reading the environments of all workloads costs; every name that is looked for has the word in it.
    if (!/cache|ttl|expir/i.test(resource.root.source.slice(resource.root.span))) return;
    const told = new Set<number>();
    for (const { workloads, server } of cacheClientsOf(graph)) {
      for (const workload of workloads) {
        const expiry = expiryOf(workload, graph);
        if (!expiry || expiry.resource !== resource || told.has(expiry.at.span.start)) continue;
        if (!/^(?:0|0\s*(?:ms|s|m|h|d)|PT0S)$/i.test(expiry.value?.trim() ?? '')) continue;
        told.add(expiry.at.span.start);
        yield {
          at: expiry.at,
          message: `0 is no limit: what ${workload.resource.name ?? 'the workload'} puts into ${server?.name ?? 'its cache'} never expires, and stays stale when one invalidation is lost.`,
        };
      }
    }
    for (const application of springApplications(graph)) {
      const type = application.get('spring.cache.type');
      if (type?.value !== 'redis' || type.resource !== resource || told.has(type.at.span.start)) continue;
      if (!application.lacks('spring.cache.redis.time-to-live')) continue;
      told.add(type.at.span.start);
      yield {
        at: type.at,
        message: `Nothing says how long ${application.source.name} keeps an entry (spring.cache.redis.time-to-live), so none ever expires.`,
        // The configuration in Java may say it.
        strict: true,
      };
    }
  },
});
