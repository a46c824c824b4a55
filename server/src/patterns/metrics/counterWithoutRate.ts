import { metricTypeOf } from '../../languages/promql/metricType.ts';
import {
  type BinaryOperation,
  everyPart,
  type PromqlExpression,
  type VectorSelector,
} from '../../languages/promql/promqlExpression.ts';
import { defineRule } from '../../rules/contract.ts';
import { describeQuery, PROMETHEUS_RULE, queriesOf } from './writtenQueries.ts';

const COMPARISONS = new Set(['>', '>=', '<', '<=']);

/** A counter only grows, until its process restarts: once above a threshold, it stays there. */
export const rule = defineRule({
  id: 'metrics/counter-without-rate',
  severity: 'warning',
  profile: 'recommended',
  types: [PROMETHEUS_RULE, 'ConfigMap'],
  *check(resource) {
    for (const written of queriesOf(resource)) {
      if (written.use !== 'alert') continue;
      for (const part of everyPart(written.query.expression)) {
        if (part.kind !== 'binary' || !COMPARISONS.has(part.operator)) continue;
        const selector = comparedCounter(part);
        if (!selector?.name) continue;
        const { name, span } = selector;
        const text = written.query.text.slice(span.start, span.end);
        yield {
          at: written.place(selector.nameSpan),
          message: `${name} is a counter, which only grows: once true, ${describeQuery(written)} stays so until a restart.`,
          fixes: [
            {
              title: `Look at the increase of ${name} in five minutes`,
              safe: false,
              edits: () => [written.replace(span, `increase(${text}[5m])`)],
            },
          ],
        };
      }
    }
  },
});

/** The counter that is compared with a number above zero, plain or after an aggregation. */
function comparedCounter({ left, right }: BinaryOperation): VectorSelector | undefined {
  if (right.kind !== 'number' || !(right.value !== undefined && right.value > 0)) return undefined;
  return counterIn(left);
}

function counterIn(expression: PromqlExpression): VectorSelector | undefined {
  if (expression.kind === 'vector')
    return expression.name !== undefined && metricTypeOf(expression.name) === 'counter' ? expression : undefined;
  if (expression.kind === 'wrapped' && expression.by === 'parentheses') return counterIn(expression.of);
  if (expression.kind !== 'aggregation' || !['sum', 'max', 'min', 'avg'].includes(expression.operator))
    return undefined;
  const inner = expression.arguments.at(-1);
  return inner && counterIn(inner);
}
