import type { TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { applyEdits, SourceText } from '../../server/src/text/sourceText.ts';

/** The text of one document after a workspace edit, as an editor would make it. */
export function applyChanges(edit: WorkspaceEdit, uri: string, text: string): string {
  const source = new SourceText(uri, text);
  const edits = [
    ...(edit.changes?.[uri] ?? []),
    ...(edit.documentChanges ?? [])
      .filter((change): change is TextDocumentEdit => 'edits' in change && change.textDocument.uri === uri)
      .flatMap((change) => change.edits),
  ];
  return applyEdits(
    text,
    edits.map((one) => {
      if (!('newText' in one)) throw new Error(`An edit without text: ${JSON.stringify(one)}`);
      return {
        uri,
        span: { start: source.offsetAt(one.range.start), end: source.offsetAt(one.range.end) },
        newText: one.newText,
      };
    }),
  );
}
