import { Range, type Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { Failure } from '../cluster/failure.ts';
import { type FieldChange, manifestEdits, type TextReplacement } from '../delivery/manifestEdit.ts';

/** Gives fields of manifests their values, as one edit that one undo takes back, and shows the first place. */
export async function editManifests(
  changes: readonly { uri: Uri; changes: readonly FieldChange[] }[],
): Promise<number> {
  const replacements = await Promise.all(
    changes.map(async ({ changes: fields, uri }) => ({
      uri,
      edits: manifestEdits((await workspace.openTextDocument(uri)).getText(), fields),
    })),
  );
  return editFiles(replacements);
}

/** Makes replacements in files as one edit, and shows the first place. Gives the number of replacements. */
export async function editFiles(
  files: readonly { readonly uri: Uri; readonly edits: readonly TextReplacement[] }[],
): Promise<number> {
  const edit = new WorkspaceEdit();
  let count = 0;
  let first: { uri: Uri; range: Range } | undefined;
  for (const { edits, uri } of files) {
    const document = await workspace.openTextDocument(uri);
    for (const { end, newText, start } of edits) {
      const range = new Range(document.positionAt(start), document.positionAt(end));
      first ??= { uri, range };
      edit.replace(uri, range, newText);
      count += 1;
    }
  }
  if (!first) return 0;
  if (!(await workspace.applyEdit(edit))) {
    throw new Failure('conflict', 'The files were not changed: one of them changed meanwhile.', {
      advice: 'Try again.',
    });
  }
  await window.showTextDocument(first.uri, {
    preview: false,
    selection: new Range(first.range.start, first.range.start),
  });
  return count;
}
