import { SPRING_SETTINGS } from '../../languages/java/springSettings.ts';
import { defineRule } from '../../rules/contract.ts';
import { springApplications } from '../../workspace/applications/spring/springSettings.ts';

const KEY = 'management.endpoint.health.group.readiness.include';

/** When the cache is away, every pod leaves its Service: a slow shop becomes a closed one. */
export const rule = defineRule({
  id: 'cache-aside/readiness-asks-cache',
  severity: 'warning',
  profile: 'recommended',
  types: [SPRING_SETTINGS, 'ConfigMap'],
  *check(resource, graph) {
    const told = new Set<number>();
    for (const application of springApplications(graph)) {
      const included = application.get(KEY);
      const isCache = application.get('spring.cache.type')?.value === 'redis';
      const members = included?.value?.split(',').map((member) => member.trim()) ?? [];
      if (included?.resource !== resource || !isCache || !members.includes('redis')) continue;
      if (told.has(included.at.span.start)) continue;
      told.add(included.at.span.start);
      yield {
        at: included.at,
        message: `The readiness of ${application.source.name} asks its cache: when Redis is away, every pod is taken out of its Service, though the database could answer.`,
      };
    }
  },
});
