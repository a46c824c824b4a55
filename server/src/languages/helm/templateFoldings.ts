import type { Span } from '../../text/sourceText.ts';
import type { Template, TemplateNode } from './templateSyntax.ts';

/** Blocks with their `end`, each branch of them, and comments of several lines. */
export function templateFoldings(template: Template): Span[] {
  const spans: Span[] = [];
  const visit = (nodes: readonly TemplateNode[]): void => {
    for (const node of nodes) {
      if (node.kind === 'comment') spans.push(node.span);
      if (node.kind === 'define' || node.kind === 'block') {
        spans.push({ start: node.action.start, end: node.bodySpan.end });
        visit(node.body);
      }
      if (node.kind !== 'control') continue;
      for (const { action, body, bodySpan } of node.branches) {
        spans.push({ start: action.start, end: bodySpan.end });
        visit(body);
      }
    }
  };
  visit(template.nodes);
  return spans;
}
