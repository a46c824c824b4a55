import { readPromqlDuration } from '../../languages/promql/promqlDuration.ts';
import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { POD_MONITOR, SERVICE_MONITOR } from './monitorTargets.ts';
import { endpointsOf } from './scrapes.ts';

/** A scrape must be over before the next one begins; the operator drops a monitor that says otherwise. */
export const rule = defineRule({
  id: 'metrics/timeout-over-interval',
  severity: 'error',
  profile: 'recommended',
  types: [SERVICE_MONITOR, POD_MONITOR],
  *check(resource) {
    for (const endpoint of endpointsOf(resource)) {
      const timeout = endpoint.find('scrapeTimeout');
      const interval = endpoint.find('interval');
      const [waits, every] = [readPromqlDuration(timeout?.text()), readPromqlDuration(interval?.text())];
      if (!timeout || !interval || waits === undefined || every === undefined || waits <= every) continue;
      const written = interval.text() ?? '';
      yield {
        at: timeout,
        message: `A scrape may take ${timeout.text()}, but the next one begins after ${written}, which the operator refuses.`,
        related: [{ at: interval, message: 'The interval.' }],
        fixes: [{ title: `Wait ${written}`, safe: false, edits: () => [replaceValue(timeout, written)] }],
      };
    }
  },
});
