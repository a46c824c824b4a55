import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { scheduleFault } from './cronSchedule.ts';

/** The API server rejects a CronJob whose schedule it cannot read. */
export const rule = defineRule({
  id: 'reliability/schedule-invalid',
  severity: 'error',
  profile: 'recommended',
  types: ['batch/CronJob'],
  equivalents: ['kyverno:validate-cron-schedule'],
  *check(resource) {
    const { root } = resource;
    const schedule = root.find('spec', 'schedule');
    const written = schedule?.text();
    if (!schedule || written === undefined) return;
    const fault = scheduleFault(written);
    if (fault !== undefined)
      yield { at: schedule, message: `${describe(resource)} is rejected because of its schedule: ${fault}.` };
  },
});
