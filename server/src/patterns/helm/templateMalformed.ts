import { templateOf } from '../../languages/helm/templateOf.ts';
import { defineRule } from '../../rules/contract.ts';
import { chartAt } from '../../workspace/helm/chartsOf.ts';

/** Helm renders nothing of a chart in which one template cannot be parsed. */
export const rule = defineRule({
  id: 'helm/template-malformed',
  severity: 'error',
  profile: 'recommended',
  types: ['helm/Template'],
  equivalents: ['helm:template'],
  *check({ uri, root: { source } }, graph) {
    if (!chartAt(graph, uri)) return;
    for (const { span, code, message } of templateOf(source).problems) {
      // What is defined twice, here or in another file, is a fault of its own.
      if (code !== 'defined-twice') yield { at: { source, span }, message };
    }
  },
});
