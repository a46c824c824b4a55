import type { Place } from '../text/sourceNode.ts';
import { describe, type Resource } from '../workspace/resource.ts';
import type { Edge } from '../workspace/resourceGraph.ts';
import type { Completion, Cursor, Explanation, FeatureSource } from './languageFeatures.ts';
import { namePlace } from './namePlace.ts';

/** What the references between resources say at a cursor, in every language that has resources. */
export const graphSource: FeatureSource = {
  *completions(cursor) {
    const offered = new Set<string>();
    for (const edge of edgesAt(cursor)) {
      for (const { name, kind, namespace } of cursor.snapshot.graph.sameNamespace(edge.source, edge.to)) {
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
    return undefined;
  },

  *definitions(cursor) {
    for (const { target } of edgesAt(cursor)) if (target.status === 'found') yield namePlace(target.resource);
  },

  *references(cursor): Iterable<Place> {
    const resources = new Set<Resource>();
    for (const { target } of edgesAt(cursor)) if (target.status === 'found') resources.add(target.resource);
    for (const resource of cursor.snapshot.graph.inFile(cursor.file.parsed.source.uri)) {
      if (holds(namePlace(resource), cursor.offset)) resources.add(resource);
    }
    for (const resource of resources) {
      for (const { writtenAt } of cursor.snapshot.graph.edgesTo(resource)) yield writtenAt;
    }
  },
};

function edgesAt({ file, offset, snapshot }: Cursor): Edge[] {
  const { uri } = file.parsed.source;
  return snapshot.graph
    .inFile(uri)
    .filter((resource) => offset >= resource.root.span.start && offset <= resource.root.span.end)
    .flatMap((resource) => snapshot.graph.edgesFrom(resource))
    .filter(({ writtenAt }) => writtenAt.source.uri === uri && holds(writtenAt, offset));
}

function holds({ span }: Place, offset: number): boolean {
  return offset >= span.start && offset <= span.end;
}
