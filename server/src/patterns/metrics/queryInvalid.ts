import { promqlProblems } from '../../languages/promql/checkPromql.ts';
import { defineRule } from '../../rules/contract.ts';
import { describeQuery, QUERY_TYPES, queriesOf } from './writtenQueries.ts';

/** Prometheus loads none of the rules of a file in which one query is faulty; a panel with one stays empty. */
export const rule = defineRule({
  id: 'metrics/query-invalid',
  severity: 'error',
  profile: 'recommended',
  types: QUERY_TYPES,
  *check(resource) {
    for (const written of queriesOf(resource)) {
      const [problem] = promqlProblems(written.query);
      if (!problem) continue;
      // Other servers behind the same data source know further functions.
      const mayBeKnown = !written.certain && problem.message.includes('no function');
      yield {
        at: written.place(problem.span),
        message: `Prometheus cannot read ${describeQuery(written)}: ${problem.message}.`,
        ...(mayBeKnown ? { strict: true } : {}),
      };
    }
  },
});
