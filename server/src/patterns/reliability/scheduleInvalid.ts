import { defineRule } from '../../rules/contract.ts';
import { scheduleFault } from './cronSchedule.ts';

/** The API server rejects a CronJob whose schedule it cannot read. */
export const rule = defineRule({
  id: 'reliability/schedule-invalid',
  severity: 'error',
  profile: 'recommended',
  types: ['batch/CronJob'],
  equivalents: ['kyverno:validate-cron-schedule'],
  *check({ root, name }) {
    const schedule = root.find('spec', 'schedule');
    const written = schedule?.text();
    if (!schedule || written === undefined) return;
    const fault = scheduleFault(written);
    if (fault !== undefined)
      yield { at: schedule, message: `CronJob ${name} is rejected because of its schedule: ${fault}.` };
  },
});
