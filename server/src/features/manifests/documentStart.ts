import type { Span } from '../../text/sourceText.ts';
import { yamlCursor } from '../yamlCursor.ts';

/** Files that are read by tools under these names and hold no objects of Kubernetes. */
export const OTHER_FILES =
  /\/(?:values[^/]*|Chart|kustomization|(?:docker-)?compose[^/]*|skaffold|slipway|\.[^/]*|[^/]*\.lock)\.ya?ml$|\/\.(?:github|gitlab|circleci)\/|\/templates\/_|\.schema\.json$|\/(?:package|tsconfig|appsettings)[^/]*\.json$/i;

/** The word with which a new document begins, where a whole object may be written; undefined everywhere else. */
export function documentStart(uri: string, masked: string, offset: number): Span | undefined {
  if (OTHER_FILES.test(uri) || /\.json$/i.test(uri)) return undefined;
  // Most cursors stand behind something, which is cheap to see.
  const line = masked.slice(masked.lastIndexOf('\n', offset - 1) + 1, offset);
  if (!/^[\w.-]*$/.test(line)) return undefined;
  const cursor = yamlCursor(masked, offset);
  if (cursor?.role !== 'key' || cursor.path.length > 0 || cursor.root.entries.length !== 1) return undefined;
  if (cursor.flow || cursor.quote !== '' || cursor.offsetInLine > 0 || cursor.hasColon) return undefined;
  return cursor.span;
}
