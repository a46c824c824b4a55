import { allNodes } from '../../languages/helm/walkTemplate.ts';
import type { ReleaseReading, TemplateDefinition } from '../../workspace/helm/releaseReading.ts';

/** What is known of a named template: where it is, the comment above it, and what its argument must hold. */
export function namedTemplateMarkdown(release: ReleaseReading, name: string): string | undefined {
  const definitions = release.definitions.get(name);
  const definition = definitions?.at(-1);
  if (!definitions || !definition) return undefined;
  const { template, chart, node } = definition;
  const line = template.source.lineAt(node.span.start) + 1;
  const file = template.uri.slice(chart.folder.length);
  const parts = [`**template \`${name}\`**: [${file}:${line}](${template.uri}#L${line})`];
  const comment = commentAbove(definition);
  if (comment !== '') parts.push(comment);
  const names = argumentNames(release, definition);
  if (names.length > 0) parts.push(`Reads of its argument: ${names.map((one) => `\`.${one}\``).join(', ')}`);
  if (definitions.length > 1) parts.push(`Defined ${definitions.length} times; the one that is loaded last counts.`);
  return parts.join('\n\n');
}

/** The names that a named template looks for right in its argument. */
export function argumentNames(release: ReleaseReading, definition: TemplateDefinition): string[] {
  const names = new Set<string>();
  for (const { reading, definition: run, dot, template } of release.runs) {
    if (run !== definition) continue;
    for (const { base, span } of reading.names) {
      if (base === dot && span.end > span.start) names.add(template.source.slice(span));
    }
  }
  return [...names];
}

/** The comment that ends right before a definition. */
function commentAbove({ node, template }: TemplateDefinition): string {
  const { text, nodes } = template.template;
  let comment = '';
  for (const other of allNodes(nodes)) {
    if (other.span.start >= node.span.start) break;
    if (other.kind === 'comment' && text.slice(other.span.end, node.span.start).trim() === '') {
      const { inner } = other.action;
      comment = text
        .slice(inner.start, inner.end)
        .replace(/^\/\*|\*\/\s*$/g, '')
        .trim();
    }
  }
  return comment;
}
