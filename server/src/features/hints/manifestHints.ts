import type { SourceText, Span } from '../../text/sourceText.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { FileState, InlayHint } from '../languageFeatures.ts';
import { addressRanges } from './addressRanges.ts';
import type { HintFinder } from './hintFinder.ts';
import { resolvedReferences } from './resolvedReferences.ts';
import { routeShares } from './routeShares.ts';
import { scaledReplicas } from './scaledReplicas.ts';
import { selectedPods } from './selectedPods.ts';
import { worstCaseRetries } from './worstCaseRetries.ts';

const FINDERS: readonly HintFinder[] = [
  routeShares,
  worstCaseRetries,
  scaledReplicas,
  selectedPods,
  addressRanges,
  resolvedReferences,
];

/** The hints of the Kubernetes objects of a file that touch `span`, in document order. */
export function manifestHints({ file, snapshot }: FileState, span: Span): InlayHint[] {
  const { source } = file.parsed;
  const found = new Map<string, InlayHint>();
  for (const resource of snapshot.graph.inFile(source.uri)) {
    if (resource.apiVersion === '' || !touches(resource, span, source)) continue;
    for (const { find, types } of FINDERS) {
      if (types && !types.includes(resource.type)) continue;
      // A file that several sets include says a thing once.
      for (const hint of find(resource, snapshot.graph)) found.set(`${hint.offset} ${hint.label}`, hint);
    }
  }
  return [...found.values()].sort((a, b) => a.offset - b.offset);
}

function touches({ root }: Resource, span: Span, source: SourceText): boolean {
  return root.source.uri === source.uri && root.span.start <= span.end && root.span.end >= span.start;
}
