import type { FieldExplanation, Pattern } from '../rules/pattern.ts';
import type { SourceNode } from '../text/sourceNode.ts';
import type { Explanation, FeatureSource } from './languageFeatures.ts';
import { nodeAt } from './nodeAt.ts';

/** What the patterns say about the fields that make them. */
export function patternSource(patterns: readonly Pattern[]): FeatureSource {
  const explanations = patterns.flatMap((pattern) => pattern.explanations ?? []);
  return {
    explain({ file, offset, snapshot }): Explanation | undefined {
      const at = nodeAt(file.parsed.roots, offset);
      for (let node = at; node; node = node.parent) {
        const texts: string[] = [];
        for (const resource of snapshot.graph.inFile(file.parsed.source.uri)) {
          if (resource.root.root.span.start !== node.root.span.start) continue;
          for (const explanation of explanations) {
            if (!explanation.types.includes(resource.type) || !isPathOf(explanation, node, resource.root)) continue;
            const text = explanation.text(node, resource, snapshot.graph);
            if (text !== undefined && !texts.includes(text)) texts.push(text);
          }
        }
        // A field inside an explained one speaks for itself: only the field under the cursor and its value are meant.
        if (texts.length > 0) return { markdown: texts.join('\n\n---\n\n'), span: node.keySpan ?? node.span };
        if (node.keySpan && node === at) return undefined;
      }
      return undefined;
    },
  };
}

function isPathOf({ path }: FieldExplanation, node: SourceNode, resourceRoot: SourceNode): boolean {
  const segments = node.path.slice(resourceRoot.path.length);
  const isAnywhere = path[0] === '**';
  const fixed = isAnywhere ? path.slice(1) : path;
  const skipped = segments.length - fixed.length;
  if (isAnywhere ? skipped < 0 : skipped !== 0) return false;
  return fixed.every((part, index) => part === '*' || part === String(segments[skipped + index]));
}
