import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { PROMETHEUS_RULE, rulesOf } from './writtenQueries.ts';

/** Two rules that write the same series: the second is refused at each evaluation, or the two alternate. */
export const rule = defineRule({
  id: 'metrics/rule-repeated',
  severity: 'warning',
  profile: 'recommended',
  types: [PROMETHEUS_RULE, 'ConfigMap'],
  *check(resource) {
    const byIdentity = new Map<string, SourceNode>();
    for (const { rule: written, group } of rulesOf(resource)) {
      const at = written.find('record') ?? written.find('alert');
      const labels = written.find('labels');
      const expression = written.text('expr')?.replace(/\s+/g, ' ').trim();
      if (!at || at.text() === undefined || expression === undefined || (labels ? !labels.known : written.open))
        continue;
      const own = Object.entries((labels?.value as Record<string, unknown>) ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
      // Recording rules may share a name while their queries give different labels; what is equal in all is repeated.
      const identity = JSON.stringify([group.span.start, at.key, at.text(), own, expression]);
      const first = byIdentity.get(identity);
      if (first)
        yield {
          at,
          message: `${at.key === 'alert' ? 'Alert' : 'Record'} ${at.text()} stands twice in its group, with the same labels and query.`,
          related: [{ at: first, message: 'The first one.' }],
        };
      else byIdentity.set(identity, at);
    }
  },
});
