import { defineRule } from '../../rules/contract.ts';
import { instanceInWords, instancesSetBy } from '../../rules/parts/resilienceSettings.ts';
import { SETTING_OWNERS } from '../../workspace/applications/spring/settingOwners.ts';

/** Every caller that failed comes back after the same time, all at once, and again. */
export const rule = defineRule({
  id: 'retry/application-without-backoff',
  severity: 'warning',
  profile: 'strict',
  types: SETTING_OWNERS,
  *check(resource, graph) {
    for (const { instance, written } of instancesSetBy(resource, 'retry', 'max-attempts', graph)) {
      const tries = Number(written.value);
      if (!Number.isInteger(tries) || tries < 2) continue;
      const isOff = (setting: string) => {
        const found = instance.get(setting);
        return found ? found.value === 'false' : instance.lacks(setting);
      };
      if (!isOff('enable-exponential-backoff') || !isOff('enable-randomized-wait')) continue;
      yield {
        at: written.at,
        message: `${instanceInWords(instance).replace(/^t/, 'T')} comes back after the same pause each time: neither enable-exponential-backoff nor enable-randomized-wait is on.`,
      };
    }
  },
});
