import { everyPart } from '../../languages/promql/promqlExpression.ts';
import { defineRule } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import { scrapesNear } from './scrapes.ts';
import { QUERY_TYPES, queriesOf } from './writtenQueries.ts';

/** The label `job` is written by the monitor, after what it selects. A query for another one finds no series. */
export const rule = defineRule({
  id: 'metrics/job-unknown',
  severity: 'warning',
  profile: 'recommended',
  types: QUERY_TYPES,
  *check(resource, graph) {
    const scrapes = scrapesNear(resource, graph);
    const jobs = new Set(scrapes.flatMap((scrape) => scrape.jobs ?? []));
    if (jobs.size === 0) return;
    const areAllKnown = scrapes.every((scrape) => scrape.jobs !== undefined);
    for (const written of queriesOf(resource)) {
      for (const part of everyPart(written.query.expression)) {
        if (part.kind !== 'vector') continue;
        for (const { label, operator, value, valueSpan } of part.matchers) {
          if (label.name !== 'job' || operator !== '=' || value === '' || jobs.has(value) || value.includes('$'))
            continue;
          const near = nearestName(value, jobs);
          // What else is scraped, e.g. by the monitors of a chart, has names that resemble none of these.
          const inner = { start: valueSpan.start + 1, end: valueSpan.end - 1 };
          yield {
            at: written.place(inner),
            message: `No monitor here brings the job ${value}${near ? `; ${near} is one` : ''}.`,
            ...(near === undefined || !areAllKnown ? { strict: true } : {}),
            fixes: near ? [{ title: `Use ${near}`, safe: false, edits: () => [written.replace(inner, near)] }] : [],
          };
        }
      }
    }
  },
});
