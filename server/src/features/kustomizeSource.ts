import { KUSTOMIZATION_SCHEMA } from '../schema/kustomizationSchema.ts';
import { SchemaIndex } from '../schema/schemaIndex.ts';
import type { Place } from '../text/sourceNode.ts';
import { describe, label, type Resource } from '../workspace/resource.ts';
import { kubernetesCompletions } from './kubernetesCompletion.ts';
import { kubernetesExplanation } from './kubernetesHover.ts';
import { kustomizeCompletions } from './kustomizeCompletion.ts';
import { patchUsesAt, pathUses } from './kustomizePlaces.ts';
import { builtInMarkdown } from './kustomizeResult.ts';
import type { Cursor, DocumentLink, Explanation, FeatureSource, FileState } from './languageFeatures.ts';
import { namePlace } from './namePlace.ts';

/** Every document of the file is a kustomization, whatever it says of itself. */
const INDEX = new SchemaIndex({ find: () => KUSTOMIZATION_SCHEMA, kinds: () => [KUSTOMIZATION_SCHEMA] });

/** Kustomizations and what they make: fields, paths and names in them, and the built objects in the files they build from. */
export const kustomizeSource: FeatureSource = {
  *completions(cursor) {
    if (!isKustomization(cursor)) return;
    const { source } = cursor.file.parsed;
    const own = [...kustomizeCompletions(cursor)];
    yield* own;
    if (own.length === 0) yield* kubernetesCompletions(source, source.text, cursor.offset, INDEX);
  },

  explain(cursor): Explanation | undefined {
    return isKustomization(cursor) ? explainKustomization(cursor) : explainBuilt(cursor);
  },

  *definitions(cursor): Iterable<Place> {
    for (const { at, target } of pathUses(cursor)) {
      if (!holds(at, cursor.offset) || (target.status !== 'file' && target.status !== 'kustomization')) continue;
      const file = cursor.snapshot.files.get(target.uri);
      if (file) yield { source: file.parsed.source, span: { start: 0, end: 0 } };
    }
    for (const { objects } of patchUsesAt(cursor)) {
      for (const { written } of objects ?? []) yield namePlace(written);
    }
  },

  *links(state): Iterable<DocumentLink> {
    for (const { at, path, target } of pathUses(state)) {
      if (target.status === 'file' || target.status === 'kustomization') {
        yield { span: at.span, target: target.uri, tooltip: `Open ${path}` };
      }
    }
  },
};

function isKustomization({ file }: FileState): boolean {
  return file.facts.resources[0]?.type === 'kustomize/Kustomization';
}

function explainKustomization(cursor: Cursor): Explanation | undefined {
  const { file, offset, snapshot } = cursor;
  const use = pathUses(cursor).find(({ at }) => holds(at, offset));
  if (use && (use.target.status === 'file' || use.target.status === 'kustomization')) {
    const { uri } = use.target;
    const folder = uri.slice(0, uri.lastIndexOf('/') + 1);
    const objects = [...snapshot.graph.all()].filter((resource) =>
      use.target.status === 'file' ? resource.uri === uri : resource.uri.startsWith(folder),
    );
    const names = [
      ...new Set(
        objects.filter(({ apiVersion, type }) => apiVersion !== '' && !type.startsWith('kustomize/')).map(label),
      ),
    ];
    if (names.length > 0) {
      const shown = names.slice(0, 20).map((name) => `- ${name}`);
      const more = names.length > 20 ? [`- and ${names.length - 20} more`] : [];
      return { markdown: ['Brings', '', ...shown, ...more].join('\n'), span: use.at.span };
    }
  }
  const [patch] = patchUsesAt(cursor);
  if (patch) {
    const names = (patch.objects ?? []).map(({ written }) => `- ${describe(written)}`);
    const markdown = names.length === 0 ? 'Changes nothing here.' : ['Changes', '', ...names].join('\n');
    return { markdown, span: patch.span };
  }
  return kubernetesExplanation(file.parsed.roots, offset, INDEX);
}

/** On the name of an object or of a patch: what the overlays make of it. */
function explainBuilt({ file, offset, snapshot }: Cursor): Explanation | undefined {
  const { uri } = file.parsed.source;
  const name = file.parsed.roots
    .map((root) => root.find('metadata', 'name'))
    .find((node) => node && holds(node, offset));
  if (!name) return undefined;
  const own = snapshot.graph
    .inFile(uri)
    .filter(({ built }) => built?.written?.find('metadata', 'name')?.span.start === name.span.start);
  const patched =
    own.length > 0 ? [] : snapshot.graph.writtenIn(uri).filter((resource) => isPatchOf(name.text(), resource));
  const objects = own.length > 0 ? own : patched;
  const markdown = builtInMarkdown(objects, snapshot.graph);
  return markdown === undefined ? undefined : { markdown, span: name.span };
}

function isPatchOf(name: string | undefined, { built, root }: Resource): boolean {
  const written = (built?.written ?? root).text('metadata', 'name');
  return written === name;
}

function holds({ span }: Place, offset: number): boolean {
  return offset >= span.start && offset <= span.end;
}
