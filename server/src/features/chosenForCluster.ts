import { templateOf } from '../languages/helm/templateOf.ts';
import type { TemplateNode } from '../languages/helm/templateSyntax.ts';
import type { SourceNode } from '../text/sourceNode.ts';

/** Kinds that are gone for good: a chart that still has one writes it for old clusters, on request. */
const WITHOUT_SUCCESSOR = new Set(['PodSecurityPolicy']);

/**
 * Whether a chart writes this object only into clusters that serve it: a condition around it asks for `.Capabilities`, or
 * has to switch on a kind that new clusters do not have.
 */
export function isChosenForCluster({ source, span }: SourceNode, kind: string): boolean {
  if (!source.uri.includes('/templates/') || !source.text.includes('{{')) return false;
  const isConditional = (nodes: readonly TemplateNode[]): boolean =>
    nodes.some((node) => {
      if (node.kind !== 'control' || span.start < node.span.start || span.start >= node.span.end) return false;
      const asks = node.branches.some(({ action }) => source.slice(action).includes('.Capabilities'));
      if (asks || WITHOUT_SUCCESSOR.has(kind)) return true;
      return node.branches.some(({ body }) => isConditional(body));
    });
  return isConditional(templateOf(source).nodes);
}
