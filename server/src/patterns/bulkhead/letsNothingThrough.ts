import { defineRule } from '../../rules/contract.ts';
import { instanceInWords, instancesSetBy } from '../../rules/parts/resilienceSettings.ts';
import { SETTING_OWNERS } from '../../workspace/applications/spring/settingOwners.ts';

/** `maxConcurrentCalls` of Resilience4j where nothing is written. */
const DEFAULT_CALLS = '25';

/** A bulkhead of no calls refuses every one. */
export const rule = defineRule({
  id: 'bulkhead/lets-nothing-through',
  severity: 'error',
  profile: 'recommended',
  types: SETTING_OWNERS,
  *check(resource, graph) {
    for (const { instance, written } of instancesSetBy(resource, 'bulkhead', 'max-concurrent-calls', graph)) {
      if (written.value === undefined || written.value.trim() === '' || Number(written.value) !== 0) continue;
      const { source, span } = written.at;
      const text = source.slice(span);
      yield {
        at: written.at,
        message: `${instanceInWords(instance).replace(/^t/, 'T')} refuses every call: it lets 0 through at a time.`,
        fixes: /^(['"]?)0\1$/.test(text)
          ? [
              {
                title: `Let ${DEFAULT_CALLS} through, the default`,
                safe: false,
                edits: () => [{ uri: source.uri, span, newText: text.replace('0', DEFAULT_CALLS) }],
              },
            ]
          : [],
      };
    }
  },
});
