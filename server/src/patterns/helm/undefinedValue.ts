import { defineRule, type Finding } from '../../rules/contract.ts';
import { chartAt } from '../../workspace/helm/chartsOf.ts';
import { type UndefinedValue, undefinedValues } from '../../workspace/helm/undefinedValues.ts';

/** A value that nothing sets renders as nothing, or stops Helm where not even the map around it is there. */
export const rule = defineRule({
  id: 'helm/undefined-value',
  severity: 'warning',
  profile: 'recommended',
  types: ['helm/Template'],
  equivalents: ['helm:template'],
  *check({ uri }, graph): Iterable<Finding> {
    const chart = chartAt(graph, uri);
    if (!chart) return;
    const all = graph.memo(`undefined values of ${chart.folder}`, () => undefinedValues(graph, chart));
    for (const value of all.filter(({ source }) => source.uri === uri)) yield findingOf(value);
  },
});

function findingOf({ source, span, path, missingFrom, fails, nearest }: UndefinedValue): Finding {
  const above = path.slice(0, missingFrom);
  const missing = [...above, path[missingFrom]].join('.');
  const effect = fails && path.length > missingFrom + 1 ? `, so Helm cannot render ${path.join('.')}` : '';
  const meant = nearest === undefined ? '' : `; there is ${[...above, nearest].join('.')}`;
  return {
    at: { source, span },
    message: `Nothing sets the value ${missing}${effect}${meant}.`,
    ...(fails ? { severity: 'error' as const } : {}),
    fixes:
      nearest !== undefined && source.slice(span) === path[missingFrom]
        ? [{ title: `Use ${nearest}`, safe: true, edits: () => [{ uri: source.uri, span, newText: nearest }] }]
        : [],
  };
}
