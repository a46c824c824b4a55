import { defineRule } from '../../rules/contract.ts';
import { instanceInWords, instancesSetBy } from '../../rules/parts/resilienceSettings.ts';
import { SETTING_OWNERS } from '../../workspace/applications/spring/settingOwners.ts';

/** A bulkhead of no calls refuses every one. */
export const rule = defineRule({
  id: 'bulkhead/lets-nothing-through',
  severity: 'error',
  profile: 'recommended',
  types: SETTING_OWNERS,
  *check(resource, graph) {
    for (const { instance, written } of instancesSetBy(resource, 'bulkhead', 'max-concurrent-calls', graph)) {
      if (written.value === undefined || written.value.trim() === '' || Number(written.value) !== 0) continue;
      yield {
        at: written.at,
        message: `${instanceInWords(instance).replace(/^t/, 'T')} refuses every call: it lets 0 through at a time.`,
      };
    }
  },
});
