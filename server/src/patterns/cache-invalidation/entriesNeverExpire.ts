import { SPRING_SETTINGS } from '../../languages/java/springSettings.ts';
import { PYTHON_SETTINGS } from '../../languages/python/pythonLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { springApplications } from '../../workspace/applications/spring/springSettings.ts';
import { SERVING_TYPES } from '../../workspace/kubernetes/workload.ts';
import { expiriesWrittenIn } from './expiry.ts';

/** An entry that never expires is stale for ever, once one invalidation is lost. */
export const rule = defineRule({
  id: 'cache-invalidation/entries-never-expire',
  severity: 'warning',
  profile: 'recommended',
  types: ['ConfigMap', PYTHON_SETTINGS, SPRING_SETTINGS, ...SERVING_TYPES],
  *check(resource, graph) {
    const told = new Set<number>();
    for (const { setting, workload, cache } of expiriesWrittenIn(resource, graph)) {
      if (!/^(?:0|0\s*(?:ms|s|m|h|d)|PT0S)$/i.test(setting.value?.trim() ?? '')) continue;
      told.add(setting.at.span.start);
      yield {
        at: setting.at,
        message: `0 is no limit: what ${workload.resource.name ?? 'the workload'} puts into ${cache} never expires, and stays stale when one invalidation is lost.`,
      };
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
