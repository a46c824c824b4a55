import type { TextDocumentIdentifier } from 'vscode-languageserver/node';
import type { FileState } from '../features/languageFeatures.ts';
import { canonicalUri } from './canonicalUri.ts';
import type { LiveWorkspace } from './liveWorkspace.ts';

/** The file of a request; undefined for a document that no language reads. */
export function fileStateOf({ uri }: TextDocumentIdentifier, workspace: LiveWorkspace): FileState | undefined {
  const snapshot = workspace.snapshot();
  const file = snapshot.files.get(canonicalUri(uri));
  return file && { file, snapshot };
}
