import { defineRule } from '../../rules/contract.ts';
import { instanceInWords, instancesSetBy } from '../../rules/parts/resilienceSettings.ts';
import { SETTING_OWNERS } from '../../workspace/applications/spring/settingOwners.ts';

const DEFAULT_WINDOW = 100;

/** A window that counts calls never holds more of them than its size: the larger minimum is not what counts. */
export const rule = defineRule({
  id: 'circuit-breaker/minimum-over-window',
  severity: 'information',
  profile: 'recommended',
  types: SETTING_OWNERS,
  *check(resource, graph) {
    for (const { instance, written } of instancesSetBy(resource, 'circuitbreaker', 'minimum-number-of-calls', graph)) {
      const type = instance.get('sliding-window-type');
      const counts = type ? type.value === 'COUNT_BASED' : instance.lacks('sliding-window-type');
      const minimum = Number(written.value);
      const window = instance.number('sliding-window-size', DEFAULT_WINDOW);
      if (!counts || !Number.isInteger(minimum) || window === undefined || minimum <= window) continue;
      const size = instance.get('sliding-window-size');
      yield {
        at: written.at,
        message: `${capital(instanceInWords(instance))} decides after ${window} calls, not after ${minimum}: its window holds no more.`,
        ...(size && { related: [{ at: size.at, message: 'The size of the window.' }] }),
      };
    }
  },
});

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
