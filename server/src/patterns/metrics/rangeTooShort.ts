import { everyPart, unwrapped, type VectorSelector } from '../../languages/promql/promqlExpression.ts';
import { defineRule } from '../../rules/contract.ts';
import { describeScrape, formatPromqlDuration, type Scrape, scrapesNear } from './scrapes.ts';
import { QUERY_TYPES, queriesOf } from './writtenQueries.ts';

/** Functions that compare samples with each other: one alone gives nothing. */
const OF_TWO = new Set([
  'rate',
  'irate',
  'increase',
  'delta',
  'idelta',
  'deriv',
  'predict_linear',
  'changes',
  'resets',
]);

/** A window that holds one sample gives nothing at all, and one that holds two loses both when a scrape fails. */
export const rule = defineRule({
  id: 'metrics/range-too-short',
  severity: 'warning',
  profile: 'recommended',
  types: QUERY_TYPES,
  *check(resource, graph) {
    for (const written of queriesOf(resource)) {
      for (const part of everyPart(written.query.expression)) {
        if (part.kind !== 'call' || !OF_TWO.has(part.name)) continue;
        const [argument] = part.arguments.map(unwrapped);
        if (argument?.kind !== 'range' || argument.of.kind !== 'vector') continue;
        const { rangeMilliseconds, rangeSpan } = argument;
        const scrape = quickestScrape(argument.of, scrapesNear(resource, graph));
        const interval = scrape?.intervalMilliseconds;
        if (!scrape || rangeMilliseconds === undefined || interval === undefined) continue;
        if (rangeMilliseconds >= 2 * interval) continue;
        const wanted = formatPromqlDuration(4 * interval);
        yield {
          at: written.place(rangeSpan),
          message: `${part.name} needs two samples and ${rangeMilliseconds < interval ? 'finds one at most' : 'often finds only one'} in ${formatPromqlDuration(rangeMilliseconds)}: ${describeScrape(scrape)}.`,
          related: [{ at: scrape.at, message: 'The scrape.' }],
          fixes: [{ title: `Look at ${wanted}`, safe: false, edits: () => [written.replace(rangeSpan, wanted)] }],
        };
      }
    }
  },
});

/**
 * The scrape with the shortest interval of those that may bring the series: that of its `job`, else any. Undefined where
 * one of them is not known.
 */
function quickestScrape({ matchers }: VectorSelector, scrapes: readonly Scrape[]): Scrape | undefined {
  const job = matchers.find(({ label, operator }) => label.name === 'job' && operator === '=')?.value;
  const own = job === undefined ? [] : scrapes.filter(({ jobs }) => jobs?.includes(job));
  // Nobody but a monitor here brings a job that is named after what it selects.
  if (job !== undefined && own.length === 0) return undefined;
  const candidates = job === undefined ? scrapes : own;
  if (candidates.some(({ intervalMilliseconds }) => intervalMilliseconds === undefined)) return undefined;
  return [...candidates].sort((a, b) => a.intervalMilliseconds! - b.intervalMilliseconds!)[0];
}
