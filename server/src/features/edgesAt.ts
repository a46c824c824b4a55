import type { Place } from '../text/sourceNode.ts';
import type { Resource } from '../workspace/resource.ts';
import type { Edge } from '../workspace/resourceGraph.ts';
import type { Cursor, FileState } from './languageFeatures.ts';
import { namePlace } from './namePlace.ts';

/** The references that are written in a file, once for each set that includes it. */
export function edgesIn({ file, snapshot }: FileState): Edge[] {
  const { uri } = file.parsed.source;
  return [...snapshot.graph.inFile(uri), ...snapshot.graph.writtenIn(uri)]
    .flatMap((resource) => snapshot.graph.edgesFrom(resource))
    .filter(({ writtenAt }) => writtenAt.source.uri === uri);
}

/** The references whose text holds the cursor. */
export function edgesAt({ file, offset, snapshot }: Cursor): Edge[] {
  const { uri } = file.parsed.source;
  const own = snapshot.graph
    .inFile(uri)
    .filter(({ root, built }) => built || (offset >= root.span.start && offset <= root.span.end));
  return [...own, ...snapshot.graph.writtenIn(uri)]
    .flatMap((resource) => snapshot.graph.edgesFrom(resource))
    .filter(({ writtenAt }) => writtenAt.source.uri === uri && holds(writtenAt, offset));
}

/** The resources that bear their name where the cursor stands, once for each set that includes the file. */
export function resourcesNamedAt({ file, offset, snapshot }: Cursor): Resource[] {
  const { uri } = file.parsed.source;
  return snapshot.graph.inFile(uri).filter((resource) => {
    const place = namePlace(resource);
    return place.source.uri === uri && holds(place, offset);
  });
}

function holds({ span }: Place, offset: number): boolean {
  return offset >= span.start && offset <= span.end;
}
