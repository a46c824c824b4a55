import { defineRule } from '../../rules/contract.ts';
import { chartAt } from '../../workspace/helm/chartsOf.ts';
import { undefinedTemplates } from '../../workspace/helm/undefinedTemplates.ts';

/** Helm renders nothing of a chart that calls a template which neither it nor a chart beside it defines. */
export const rule = defineRule({
  id: 'helm/undefined-template',
  severity: 'error',
  profile: 'recommended',
  types: ['helm/Template'],
  equivalents: ['helm:template'],
  *check({ uri }, graph) {
    const chart = chartAt(graph, uri);
    if (!chart) return;
    const all = graph.memo(`undefined templates of ${chart.folder}`, () => undefinedTemplates(graph, chart));
    for (const { source, span, name, nearest } of all) {
      if (source.uri !== uri) continue;
      yield {
        at: { source, span },
        message: `No template is called ${name}${nearest === undefined ? '' : `; there is ${nearest}`}.`,
        fixes:
          nearest === undefined
            ? []
            : [{ title: `Use ${nearest}`, safe: true, edits: () => [{ uri, span, newText: nearest }] }],
      };
    }
  },
});
