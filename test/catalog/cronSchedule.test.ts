import assert from 'node:assert/strict';
import { scheduleFault } from '../../server/src/patterns/reliability/cronSchedule.ts';

describe('the schedule of a CronJob', () => {
  for (const schedule of [
    '* * * * *',
    '*/5 * * * *',
    '0 0 1 1 0',
    '59 23 31 12 6',
    '0 3 * * MON-FRI',
    '0 3 * jan,dec sun',
    '0-30/10,45 8-18 ? * ?',
    '  0   3 * * *  ',
    '@daily',
    '@every 1h30m',
  ])
    it(`may be ${schedule}`, () => assert.equal(scheduleFault(schedule), undefined));

  for (const [schedule, fault] of [
    ['', /0 fields/],
    ['* * * *', /4 fields/],
    ['* * * * * *', /6 fields/],
    ['60 * * * *', /60 is no minute/],
    ['* 24 * * *', /24 is no hour/],
    ['* * 0 * *', /0 is no day of the month/],
    ['* * * 13 *', /13 is no month/],
    ['* * * * 7', /7 is no day of the week/],
    ['*/0 * * * *', /step/],
    ['30-10 * * * *', /backwards/],
    ['1-2-3 * * * *', /no range/],
    ['a * * * *', /a is no minute/],
    ['1, * * * *', /is no minute/],
    ['@often', /there is no @often/],
    ['TZ=Europe/Berlin 0 3 * * *', /timeZone/],
  ] as const)
    it(`may not be "${schedule}"`, () => assert.match(scheduleFault(schedule) ?? '', fault));
});
