import { defineRule } from '../../rules/contract.ts';
import { chartAt } from '../../workspace/helm/chartsOf.ts';
import { releaseReading, type TemplateDefinition } from '../../workspace/helm/releaseReading.ts';

/** Named templates of a chart and its dependencies share one set of names, and of two alike the one loaded last counts. */
export const rule = defineRule({
  id: 'helm/template-defined-twice',
  severity: 'warning',
  profile: 'recommended',
  types: ['helm/Template'],
  *check({ uri }, graph) {
    const chart = chartAt(graph, uri);
    if (!chart) return;
    for (const [name, definitions] of releaseReading(graph, chart).definitions) {
      for (const own of definitions.filter(({ template }) => template.uri === uri)) {
        const other = definitions.find((candidate) => candidate.node !== own.node && competes(own, candidate));
        const place = own.node.name;
        if (!other?.node.name || !place) continue;
        yield {
          at: { source: own.template.source, span: place.contentSpan },
          message: `Two templates are called ${name}, and only one of them counts.`,
          related: [
            { at: { source: other.template.source, span: other.node.name.contentSpan }, message: `The other ${name}` },
          ],
        };
      }
    }
  },
});

/** A chart may define anew what a dependency calls; within one chart that is a slip. Copies of one text do no harm. */
function competes(own: TemplateDefinition, other: TemplateDefinition): boolean {
  if (own.chart !== other.chart || own.node.kind === 'block' || other.node.kind === 'block') return false;
  return bodyOf(own) !== bodyOf(other) || own.template === other.template;
}

function bodyOf({ node, template }: TemplateDefinition): string {
  return template.source.slice(node.bodySpan).trim();
}
