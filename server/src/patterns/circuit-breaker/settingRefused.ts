import { defineRule } from '../../rules/contract.ts';
import { instanceInWords, instancesSetBy } from '../../rules/parts/resilienceSettings.ts';
import { SETTING_OWNERS } from '../../workspace/applications/spring/settingOwners.ts';

/** What Resilience4j accepts. */
const BOUNDS = [
  { setting: 'failure-rate-threshold', isRight: isPercentage, wanted: 'more than 0 and at most 100' },
  { setting: 'slow-call-rate-threshold', isRight: isPercentage, wanted: 'more than 0 and at most 100' },
  { setting: 'sliding-window-size', isRight: isPositive, wanted: 'at least 1' },
  { setting: 'minimum-number-of-calls', isRight: isPositive, wanted: 'at least 1' },
  { setting: 'permitted-number-of-calls-in-half-open-state', isRight: isPositive, wanted: 'at least 1' },
] as const;

/** A breaker with such a setting is refused when the application starts: it can never open, or never close. */
export const rule = defineRule({
  id: 'circuit-breaker/setting-refused',
  severity: 'error',
  profile: 'recommended',
  types: SETTING_OWNERS,
  *check(resource, graph) {
    for (const { setting, isRight, wanted } of BOUNDS) {
      for (const { instance, written } of instancesSetBy(resource, 'circuitbreaker', setting, graph)) {
        const number = Number(written.value);
        if (written.value === undefined || written.value.trim() === '' || Number.isNaN(number) || isRight(number))
          continue;
        yield {
          at: written.at,
          message: `Resilience4j refuses ${instanceInWords(instance)}, and no pod starts: ${setting} has to be ${wanted}.`,
        };
      }
    }
  },
});

function isPercentage(number: number): boolean {
  return number > 0 && number <= 100;
}

function isPositive(number: number): boolean {
  return number >= 1;
}
