import { metricTypeOf } from '../../languages/promql/metricType.ts';
import {
  everyPart,
  type PromqlExpression,
  unwrapped,
  type VectorSelector,
} from '../../languages/promql/promqlExpression.ts';
import { mayCarry, resultLabels } from '../../languages/promql/promqlLabels.ts';
import { defineRule } from '../../rules/contract.ts';
import { QUERY_TYPES, queriesOf } from './writtenQueries.ts';

/** A quantile is found in the buckets of a histogram, which are told apart by `le`. Without them there is no result. */
export const rule = defineRule({
  id: 'metrics/quantile-without-buckets',
  severity: 'error',
  profile: 'recommended',
  types: QUERY_TYPES,
  *check(resource) {
    for (const written of queriesOf(resource)) {
      for (const part of everyPart(written.query.expression)) {
        if (part.kind !== 'call' || part.name !== 'histogram_quantile') continue;
        const [, argument] = part.arguments;
        const [selector] = argument ? selectorsIn(argument) : [];
        if (!argument || selector?.name === undefined) continue;
        const type = metricTypeOf(selector.name);
        if (type === 'buckets' && !mayCarry(resultLabels(argument), 'le')) {
          const aggregation = unwrapped(argument);
          const grouped = aggregation.kind === 'aggregation' ? aggregation : undefined;
          const last = grouped?.grouping === 'by' ? grouped.labels.at(-1) : undefined;
          yield {
            at: written.place(grouped?.groupingSpan ?? argument.span),
            message: `The buckets of ${selector.name} are told apart by the label le, which ${grouped?.operator ?? 'this'} drops, so that there is no quantile.`,
            fixes: last
              ? [
                  {
                    title: 'Keep the label le',
                    safe: true,
                    edits: () => [written.replace(last.span, `${last.name}, le`)],
                  },
                ]
              : [],
          };
        } else if (type !== undefined && type !== 'buckets') {
          yield {
            at: written.place(selector.nameSpan),
            message: `${selector.name} has no buckets (it is a ${type === 'sum or count' ? 'sum or count' : type}), so that there is no quantile.`,
          };
        }
      }
    }
  },
});

function selectorsIn(expression: PromqlExpression): readonly VectorSelector[] {
  return [...everyPart(expression)].filter((part) => part.kind === 'vector');
}
