import type { Place } from '../text/sourceNode.ts';
import { describe, type Resource } from '../workspace/resource.ts';
import { edgesAt, edgesIn, resourcesNamedAt } from './edgesAt.ts';
import { manifestHints } from './hints/manifestHints.ts';
import { isInAction } from './isInAction.ts';
import type { Completion, Cursor, Explanation, FeatureSource, Highlight } from './languageFeatures.ts';
import { companions } from './manifests/companions.ts';
import { documentStart } from './manifests/documentStart.ts';
import { manifestExplanation } from './manifests/manifestExplanation.ts';
import { manifestLenses } from './manifests/manifestLenses.ts';
import { manifestLinks } from './manifests/manifestLinks.ts';
import { renameResource, resourceNameSpan } from './manifests/renameResource.ts';
import { maskedText } from './maskedText.ts';
import { namePlace } from './namePlace.ts';
import { nameCompletions } from './names/nameCompletion.ts';

/** What the references between resources say at a cursor, in every language that has resources. */
export const graphSource: FeatureSource = {
  *completions(cursor) {
    const { file, offset, snapshot } = cursor;
    const { language, source } = file.parsed;
    if (isInAction(file.parsed, offset)) return;
    const offered = new Set<string>();
    if (language === 'yaml') {
      for (const offer of nameCompletions(source, maskedText(file.parsed), offset, snapshot.graph)) {
        offered.add(offer.label);
        yield offer;
      }
      yield* missingObjects(cursor);
    }
    for (const edge of edgesAt(cursor)) {
      for (const { name, kind, namespace } of snapshot.graph.sameNamespace(edge.source, edge.to)) {
        if (name === undefined || offered.has(name)) continue;
        offered.add(name);
        yield {
          label: name,
          kind: 'reference',
          detail: namespace ? `${kind} in ${namespace}` : kind,
          newText: name,
          span: edge.writtenAt.span,
        } satisfies Completion;
      }
    }
  },

  explain(cursor): Explanation | undefined {
    for (const { target, writtenAt } of edgesAt(cursor)) {
      if (target.status !== 'found') continue;
      const { resource } = target;
      const where = resource.namespace ? ` in namespace \`${resource.namespace}\`` : '';
      return { markdown: `**${describe(resource)}**${where}`, span: writtenAt.span };
    }
    return cursor.file.parsed.language === 'yaml' ? manifestExplanation(cursor) : undefined;
  },

  *definitions(cursor) {
    for (const { target } of edgesAt(cursor)) if (target.status === 'found') yield namePlace(target.resource);
  },

  *references(cursor): Iterable<Place> {
    for (const resource of meantAt(cursor)) {
      for (const { writtenAt } of cursor.snapshot.graph.edgesTo(resource)) yield writtenAt;
    }
  },

  *highlights(cursor): Iterable<Highlight> {
    const { uri } = cursor.file.parsed.source;
    for (const resource of meantAt(cursor)) {
      const { source, span } = namePlace(resource);
      if (source.uri === uri) yield { span, kind: 'write' };
      for (const { writtenAt } of cursor.snapshot.graph.edgesTo(resource)) {
        if (writtenAt.source.uri === uri) yield { span: writtenAt.span, kind: 'read' };
      }
    }
  },

  renameSpan: resourceNameSpan,
  rename: renameResource,
  hints: manifestHints,
  lenses: manifestLenses,
  links: manifestLinks,

  *tokens(state) {
    for (const { target, writtenAt } of edgesIn(state)) {
      if (target.status === 'found') yield { span: writtenAt.span, type: 'class' };
    }
  },
};

/** The objects that the cursor means: those that a reference leads to, and those that bear their name here. */
function meantAt(cursor: Cursor): ReadonlySet<Resource> {
  const found = edgesAt(cursor).flatMap(({ target }) => (target.status === 'found' ? [target.resource] : []));
  return new Set([...found, ...resourcesNamedAt(cursor)]);
}

/** In an empty document, the objects that the workloads around it lack. */
function* missingObjects({ file, offset, snapshot }: Cursor): Generator<Completion> {
  const { uri } = file.parsed.source;
  const span = documentStart(uri, maskedText(file.parsed), offset);
  if (!span) return;
  for (const { label, text } of companions(uri, snapshot.graph)) {
    yield {
      label,
      kind: 'snippet',
      detail: 'filled from the workspace',
      newText: text.trimEnd(),
      span,
      sortText: `0${label}`,
    };
  }
}
