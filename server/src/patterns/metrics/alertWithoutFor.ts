import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { PROMETHEUS_RULE, rulesOf } from './writtenQueries.ts';

/** Without `for`, one scrape that failed or one spike wakes somebody up. */
export const rule = defineRule({
  id: 'metrics/alert-without-for',
  severity: 'information',
  profile: 'strict',
  types: [PROMETHEUS_RULE, 'ConfigMap'],
  *check(resource) {
    for (const { rule: alert } of rulesOf(resource)) {
      const name = alert.find('alert');
      if (!name || !alert.lacks('for')) continue;
      yield {
        at: name,
        message: `Alert ${name.text()} fires at the first evaluation that is true: it says no for.`,
        fixes: name.derived
          ? []
          : [{ title: 'Wait for five minutes', safe: false, edits: () => setValue(alert, ['for'], '5m') }],
      };
    }
  },
});
