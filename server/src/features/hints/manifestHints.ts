import type { SourceNode } from '../../text/sourceNode.ts';
import type { Span } from '../../text/sourceText.ts';
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

/** The hints of the Kubernetes objects that a file writes, wholly or in part, in the lines that touch `span`. */
export function manifestHints({ file, snapshot }: FileState, span: Span): InlayHint[] {
  const { uri } = file.parsed.source;
  const { graph } = snapshot;
  const found = new Map<string, InlayHint>();
  for (const resource of [...graph.inFile(uri), ...graph.writtenIn(uri)]) {
    if (resource.apiVersion === '' || !touches(resource, span)) continue;
    for (const { find, types } of FINDERS) {
      if (types && !types.includes(resource.type)) continue;
      for (const { at, label, tooltip } of find(resource, graph)) {
        if (at.source.uri !== uri) continue;
        const offset = behind(at);
        // A file that several sets include says a thing once.
        found.set(`${offset} ${label}`, { offset, label, ...(tooltip ? { tooltip } : {}) });
      }
    }
  }
  return [...found.values()].sort((a, b) => a.offset - b.offset);
}

/** What was built of several files may write anywhere in this one. */
function touches({ built, root }: Resource, span: Span): boolean {
  return built !== undefined || (root.span.start <= span.end && root.span.end >= span.start);
}

/** A hint stands behind the value on its line, or behind the key of what goes on below. */
function behind(node: SourceNode): number {
  const goesOn = (node.kind === 'map' || node.kind === 'list') && !node.flow;
  // The colon belongs to the key.
  return goesOn && node.keySpan ? node.keySpan.end + 1 : node.span.end;
}
