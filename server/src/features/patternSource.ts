import type { FieldExplanation, Pattern } from '../rules/pattern.ts';
import type { SourceNode } from '../text/sourceNode.ts';
import { label, type Resource } from '../workspace/resource.ts';
import type { Explanation, FeatureSource } from './languageFeatures.ts';
import { workloadsAround } from './manifests/companions.ts';
import { documentStart } from './manifests/documentStart.ts';
import { maskedText } from './maskedText.ts';
import { nodeAt } from './nodeAt.ts';

/** What the patterns say about the fields that make them. */
export function patternSource(patterns: readonly Pattern[]): FeatureSource {
  const explanations = patterns.flatMap((pattern) => pattern.explanations ?? []);
  return {
    *completions({ file, offset, snapshot }) {
      if (file.parsed.language !== 'yaml') return;
      const { uri } = file.parsed.source;
      const span = documentStart(uri, maskedText(file.parsed), offset);
      if (!span) return;
      for (const { resource } of workloadsAround(uri, snapshot.graph)) {
        for (const { apply, summary, title } of patterns) {
          const change = apply?.(resource, snapshot.graph);
          // What changes other places as well is the business of the command, which shows it first.
          const [created, ...others] = change?.creates ?? [];
          if (!created || others.length > 0 || change?.edits.length !== 0 || !/\.ya?ml$/.test(created.uri)) continue;
          const name = `${title} for ${label(resource)}`;
          yield {
            label: name,
            kind: 'snippet',
            detail: 'pattern',
            documentation: () => summary,
            newText: created.text.trimEnd(),
            span,
            sortText: `0${name}`,
          };
        }
      }
    },
    explain({ file, offset, snapshot }): Explanation | undefined {
      const at = nodeAt(file.parsed.roots, offset);
      for (let node = at; node; node = node.parent) {
        const texts: string[] = [];
        for (const resource of snapshot.graph.inFile(file.parsed.source.uri)) {
          const written = resource.built?.written ?? resource.root;
          if (written.root.span.start !== node.root.span.start) continue;
          for (const explanation of explanations) {
            if (!explanation.types.includes(resource.type) || !isPathOf(explanation, node, written)) continue;
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

/** Whether the pattern itself says something about this field. */
export function isExplained({ explanations = [] }: Pattern, node: SourceNode, resource: Resource): boolean {
  const written = resource.built?.written ?? resource.root;
  return (
    written.root.span.start === node.root.span.start &&
    explanations.some((each) => each.types.includes(resource.type) && isPathOf(each, node, written))
  );
}

function isPathOf({ path }: FieldExplanation, node: SourceNode, resourceRoot: SourceNode): boolean {
  const segments = node.path.slice(resourceRoot.path.length);
  const isAnywhere = path[0] === '**';
  const fixed = isAnywhere ? path.slice(1) : path;
  const skipped = segments.length - fixed.length;
  if (isAnywhere ? skipped < 0 : skipped !== 0) return false;
  return fixed.every((part, index) => part === '*' || part === String(segments[skipped + index]));
}
