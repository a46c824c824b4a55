import { describe } from '../../workspace/resource.ts';
import { edgesIn } from '../edgesAt.ts';
import type { DocumentLink, FileState } from '../languageFeatures.ts';
import { namePlace } from '../namePlace.ts';

/** References to objects in other files lead there. */
export function* manifestLinks(state: FileState): Generator<DocumentLink> {
  const { uri } = state.file.parsed.source;
  for (const { target, writtenAt } of edgesIn(state)) {
    if (target.status !== 'found' || target.resource.uri === uri) continue;
    const { source, span } = namePlace(target.resource);
    yield {
      span: writtenAt.span,
      target: `${source.uri}#L${source.lineAt(span.start) + 1}`,
      tooltip: `Open ${describe(target.resource)}`,
    };
  }
}
