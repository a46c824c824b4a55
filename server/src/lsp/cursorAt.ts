import type { TextDocumentPositionParams } from 'vscode-languageserver/node';
import type { Cursor } from '../features/languageFeatures.ts';
import { canonicalUri } from './canonicalUri.ts';
import type { LiveWorkspace } from './liveWorkspace.ts';

/** The cursor of a request; undefined in a document that no language reads. */
export function cursorAt(
  { position, textDocument }: TextDocumentPositionParams,
  workspace: LiveWorkspace,
): Cursor | undefined {
  const snapshot = workspace.snapshot();
  const file = snapshot.files.get(canonicalUri(textDocument.uri));
  return file && { file, snapshot, offset: file.parsed.source.offsetAt(position) };
}
