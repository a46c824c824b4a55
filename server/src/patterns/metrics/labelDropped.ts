import { labelsGroupedBy, mayCarry, resultLabels } from '../../languages/promql/promqlLabels.ts';
import { defineRule } from '../../rules/contract.ts';
import type { Place } from '../../text/sourceNode.ts';
import { recordedLabels } from './recordedLabels.ts';
import { describeQuery, QUERY_TYPES, queriesOf, type WrittenQuery } from './writtenQueries.ts';

/** What an aggregation dropped is empty in all that comes after it: in further groupings, and in the text of an alert. */
export const rule = defineRule({
  id: 'metrics/label-dropped',
  severity: 'warning',
  profile: 'recommended',
  types: QUERY_TYPES,
  *check(resource, graph) {
    const labelsOf = recordedLabels(resource, graph);
    for (const written of queriesOf(resource)) {
      const { expression, problems } = written.query;
      if (problems.length > 0) continue;
      for (const { name, span, by } of labelsGroupedBy(expression, labelsOf)) {
        yield {
          at: written.place(span),
          message: `What ${by} looks at has no label ${name}: an aggregation before it has dropped it.`,
        };
      }
      const labels = resultLabels(expression, labelsOf);
      if (written.use !== 'alert' || labels.kind === 'any') continue;
      const kept = labels.labels.size === 0 ? 'no label' : `only ${[...labels.labels].join(', ')}`;
      for (const { name, at } of labelsInTexts(written)) {
        if (mayCarry(labels, name)) continue;
        yield {
          at,
          message: `$labels.${name} is empty in ${describeQuery(written)}: its query keeps ${kept}.`,
          related: [{ at: written.at, message: 'The query.' }],
        };
      }
    }
  },
});

/** Every `$labels.name` in the labels and annotations of an alert. Such texts are templates, so they are read as written. */
function* labelsInTexts({ rule: alert }: WrittenQuery): Iterable<{ readonly name: string; readonly at: Place }> {
  for (const field of ['labels', 'annotations']) {
    for (const { source, span } of alert?.find(field)?.entries ?? []) {
      for (const { index, 0: written, 1: name } of source.slice(span).matchAll(/\$labels\.([A-Za-z_]\w*)/g)) {
        const start = span.start + index;
        yield { name: name!, at: { source, span: { start, end: start + written.length } } };
      }
    }
  }
}
