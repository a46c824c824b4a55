import { everyPart } from '../../languages/promql/promqlExpression.ts';
import { defineRule } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import { recordsNear } from './recordedLabels.ts';
import { QUERY_TYPES, queriesOf } from './writtenQueries.ts';

/** Names with colons are kept for recording rules. One that no rule records gives an empty panel or a silent alert. */
export const rule = defineRule({
  id: 'metrics/record-unknown',
  severity: 'warning',
  profile: 'recommended',
  types: QUERY_TYPES,
  *check(resource, graph) {
    const records = recordsNear(resource, graph);
    if (records.size === 0) return;
    for (const written of queriesOf(resource)) {
      for (const part of everyPart(written.query.expression)) {
        if (part.kind !== 'vector' || !part.name?.includes(':') || records.has(part.name)) continue;
        const { name, nameSpan } = part;
        const near = nearestRecord(name, records.keys());
        // Rules of the same shape may come with a chart of the monitoring stack.
        yield {
          at: written.place(nameSpan),
          message: `No recording rule here records ${name}.`,
          ...(near === undefined ? { strict: true } : {}),
          fixes: near ? [{ title: `Use ${near}`, safe: false, edits: () => [written.replace(nameSpan, near)] }] : [],
        };
      }
    }
  },
});

/** Only a name that differs in one part is plainly a slip: `…:rate5m` and `…:rate1h` are two records. */
function nearestRecord(name: string, records: Iterable<string>): string | undefined {
  const parts = name.split(':');
  for (const record of records) {
    const others = record.split(':');
    if (others.length !== parts.length) continue;
    const different = parts.filter((part, index) => part !== others[index]);
    const index = parts.findIndex((part, at) => part !== others[at]);
    if (different.length !== 1 || /\d/.test(parts[index]!)) continue;
    if (nearestName(parts[index]!, [others[index]!])) return record;
  }
  return undefined;
}
