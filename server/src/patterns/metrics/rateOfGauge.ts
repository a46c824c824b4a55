import { metricTypeOf } from '../../languages/promql/metricType.ts';
import { everyPart, unwrapped } from '../../languages/promql/promqlExpression.ts';
import { defineRule } from '../../rules/contract.ts';
import { QUERY_TYPES, queriesOf } from './writtenQueries.ts';

const OF_COUNTERS = new Set(['rate', 'irate', 'increase']);

/** These take every fall of a value for a restart from zero, and so make a gauge grow that only swings. */
export const rule = defineRule({
  id: 'metrics/rate-of-gauge',
  severity: 'warning',
  profile: 'recommended',
  types: QUERY_TYPES,
  *check(resource) {
    for (const written of queriesOf(resource)) {
      for (const part of everyPart(written.query.expression)) {
        if (part.kind !== 'call' || !OF_COUNTERS.has(part.name)) continue;
        const [argument] = part.arguments.map(unwrapped);
        const selector = argument?.kind === 'range' ? argument.of : undefined;
        if (selector?.kind !== 'vector' || selector.name === undefined) continue;
        if (metricTypeOf(selector.name) !== 'gauge') continue;
        const better = part.name === 'increase' ? 'delta' : 'deriv';
        const isRecord = selector.name.includes(':');
        yield {
          at: written.place(part.nameSpan),
          message: isRecord
            ? `${selector.name} is a rate already, and ${part.name} takes each fall of it for a restart.`
            : `${selector.name} is a gauge, and ${part.name} takes each fall of it for a restart.`,
          fixes: isRecord
            ? []
            : [{ title: `Use ${better}`, safe: false, edits: () => [written.replace(part.nameSpan, better)] }],
        };
      }
    }
  },
});
