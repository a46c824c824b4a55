import { defineRule } from '../../rules/contract.ts';
import { SETTING_OWNERS } from '../../workspace/applications/spring/settingOwners.ts';
import { describeOther } from '../../workspace/resource.ts';
import { callLimits, DEFAULT_THREADS } from './bulkheads.ts';

/** A slow callee may hold every thread of the application: the bulkhead keeps nothing apart. */
export const rule = defineRule({
  id: 'bulkhead/takes-every-thread',
  severity: 'warning',
  profile: 'recommended',
  types: SETTING_OWNERS,
  *check(resource, graph) {
    const told = new Set<number>();
    for (const { instance, calls, at, resource: owner } of callLimits(graph)) {
      if (owner !== resource || told.has(at.span.start)) continue;
      const { settings, workload, name } = instance;
      if (settings.get('spring.threads.virtual.enabled')?.value === 'true') continue;
      const written = settings.get('server.tomcat.threads.max');
      const threads = written
        ? Number(written.value)
        : settings.lacks('server.tomcat.threads.max')
          ? DEFAULT_THREADS
          : 0;
      if (!Number.isInteger(threads) || threads < 1 || calls < threads) continue;
      told.add(at.span.start);
      yield {
        at,
        message: `Slow calls of ${name} may hold all ${threads} threads of ${describeOther(workload.resource)}: the bulkhead lets ${calls} through at a time.`,
        ...(written && { related: [{ at: written.at, message: 'The threads of the server.' }] }),
      };
    }
  },
});
