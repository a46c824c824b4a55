import type {
  AnnotatedTextEdit,
  ClientCapabilities,
  CreateFile,
  TextEdit as ProtocolEdit,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { WorkspaceChange } from '../rules/pattern.ts';
import { SourceText } from '../text/sourceText.ts';
import type { LiveWorkspace } from './liveWorkspace.ts';

const TOP = { line: 0, character: 0 };

/** What the client may show before it makes a change: a name for it, and which files a person should look at first. */
export interface ChangePreview {
  readonly label: string;
  needsConfirmation(uri: string): boolean;
}

const CONFIRMED = 'confirmed';

/**
 * A change of several files as the client takes it: with versions, so that an edit of an older text is refused, and with
 * new files, where the client knows both. Undefined when the change needs new files that this client cannot create.
 */
export function toWorkspaceEdit(
  change: WorkspaceChange,
  workspace: LiveWorkspace,
  client: ClientCapabilities,
  preview?: ChangePreview,
): WorkspaceEdit | undefined {
  const { files } = workspace.snapshot();
  const byFile = new Map<string, ProtocolEdit[]>();
  for (const { uri, span, newText } of change.edits) {
    const source = files.get(uri)?.parsed.source ?? new SourceText(uri, '');
    byFile.set(uri, [...(byFile.get(uri) ?? []), { range: source.range(span), newText }]);
  }
  const spelled = (uri: string): string => workspace.openDocuments.get(uri)?.uri ?? uri;
  const { documentChanges, resourceOperations } = client.workspace?.workspaceEdit ?? {};
  if (!documentChanges) {
    if (change.creates.length > 0) return undefined;
    return { changes: Object.fromEntries([...byFile].map(([uri, edits]) => [spelled(uri), edits])) };
  }
  if (change.creates.length > 0 && !resourceOperations?.includes('create')) return undefined;
  const annotates = preview !== undefined && client.workspace?.workspaceEdit?.changeAnnotationSupport !== undefined;
  const annotated = (uri: string, edits: readonly ProtocolEdit[]): (ProtocolEdit | AnnotatedTextEdit)[] =>
    annotates && preview.needsConfirmation(uri)
      ? edits.map((edit) => ({ ...edit, annotationId: CONFIRMED }))
      : [...edits];
  const created = change.creates.flatMap(({ uri, text }): (CreateFile | TextDocumentEdit)[] => [
    {
      kind: 'create',
      uri,
      options: { overwrite: false, ignoreIfExists: false },
    },
    {
      textDocument: { uri, version: null },
      edits: [{ range: { start: TOP, end: TOP }, newText: text }],
    },
  ]);
  const edited = [...byFile].map(
    ([uri, edits]): TextDocumentEdit => ({
      textDocument: { uri: spelled(uri), version: workspace.openDocuments.get(uri)?.version ?? null },
      edits: annotated(uri, edits),
    }),
  );
  return {
    documentChanges: [...created, ...edited],
    ...(annotates ? { changeAnnotations: { [CONFIRMED]: { label: preview.label, needsConfirmation: true } } } : {}),
  };
}
