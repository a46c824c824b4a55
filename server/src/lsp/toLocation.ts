import type { Location } from 'vscode-languageserver/node';
import type { Place } from '../text/sourceNode.ts';

/** A place as the protocol says it. */
export function toLocation({ source, span }: Place): Location {
  return { uri: source.uri, range: source.range(span) };
}
