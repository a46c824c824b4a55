import { defineRule } from '../../rules/contract.ts';
import { instanceInWords, instancesSetBy } from '../../rules/parts/resilienceSettings.ts';
import { SETTING_OWNERS } from '../../workspace/applications/spring/settingOwners.ts';

/** A pool of threads that begins larger than it may become is refused when the application starts. */
export const rule = defineRule({
  id: 'bulkhead/threads-inverted',
  severity: 'error',
  profile: 'recommended',
  types: SETTING_OWNERS,
  *check(resource, graph) {
    for (const { instance, written } of instancesSetBy(
      resource,
      'thread-pool-bulkhead',
      'core-thread-pool-size',
      graph,
    )) {
      const core = Number(written.value);
      const most = instance.number('max-thread-pool-size');
      if (!Number.isInteger(core) || most === undefined || core <= most) continue;
      yield {
        at: written.at,
        message: `Resilience4j refuses ${instanceInWords(instance)}, and no pod starts: it begins with ${core} threads and may have ${most}.`,
        related: [{ at: instance.get('max-thread-pool-size')!.at, message: 'The most threads.' }],
      };
    }
  },
});
