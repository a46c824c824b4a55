import type { IndentFaultKind } from '../../languages/helm/indentFaults.ts';
import { defineRule, type Finding } from '../../rules/contract.ts';
import { type ChartIndentFault, chartIndentFaults } from '../../workspace/helm/chartIndentFaults.ts';
import { chartAt } from '../../workspace/helm/chartsOf.ts';

const WHAT: Readonly<Record<IndentFaultKind, string>> = {
  'too-shallow': 'lands left of what it belongs to',
  'off-column': 'lands in another column than what stands beside it',
  'indented-twice': 'is indented twice in its first line, by the template and by indent',
  'same-line': 'is joined to the line of its key, since nothing breaks the line',
  'not-indented': 'is indented in its first line only',
};

/** YAML goes by columns: a value that is printed in the wrong one belongs to something else, or is no YAML at all. */
export const rule = defineRule({
  id: 'helm/indent-mismatch',
  severity: 'error',
  profile: 'recommended',
  types: ['helm/Template'],
  equivalents: ['helm:template'],
  *check({ uri }, graph): Iterable<Finding> {
    const chart = chartAt(graph, uri);
    if (!chart) return;
    const all = graph.memo(`indent faults of ${chart.folder}`, () => chartIndentFaults(graph, chart));
    for (const fault of all.filter(({ source }) => source.uri === uri)) yield findingOf(fault);
  },
});

function findingOf({ source, span, kind, width, expected, valueSpan, isCertain }: ChartIndentFault): Finding {
  const moves = width !== undefined && expected !== undefined && kind !== 'indented-twice';
  return {
    at: { source, span },
    message: `What ${source.slice(valueSpan)} prints ${WHAT[kind]}${moves ? `: ${expected} columns are right, not ${width}` : ''}.`,
    ...(isCertain ? {} : { severity: 'warning' as const }),
    fixes: moves
      ? [
          {
            title: `Indent it by ${expected}`,
            safe: true,
            edits: () => [{ uri: source.uri, span, newText: String(expected) }],
          },
        ]
      : [],
  };
}
