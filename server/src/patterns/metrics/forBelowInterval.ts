import { readPromqlDuration } from '../../languages/promql/promqlDuration.ts';
import { defineRule } from '../../rules/contract.ts';
import { formatPromqlDuration } from './scrapes.ts';
import { PROMETHEUS_RULE, rulesOf } from './writtenQueries.ts';

/** Rules are evaluated once per interval of their group: a shorter `for` cannot be told from the next evaluation. */
export const rule = defineRule({
  id: 'metrics/for-below-interval',
  severity: 'information',
  profile: 'recommended',
  types: [PROMETHEUS_RULE, 'ConfigMap'],
  *check(resource) {
    for (const { rule: alert, group } of rulesOf(resource)) {
      const waits = alert.find('for');
      const every = group.find('interval');
      const [wait, interval] = [readPromqlDuration(waits?.scalar), readPromqlDuration(every?.scalar)];
      if (!waits || !every || !wait || interval === undefined || wait >= interval) continue;
      yield {
        at: waits,
        message: `Alert ${alert.text('alert') ?? ''} waits for ${formatPromqlDuration(wait)}, but its group is evaluated every ${formatPromqlDuration(interval)}, so that it fires at the second evaluation.`,
        related: [{ at: every, message: 'The interval of the group.' }],
      };
    }
  },
});
