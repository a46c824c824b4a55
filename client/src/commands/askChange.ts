import { type TextEdit, type Uri, type WorkspaceEdit, window, workspace } from 'vscode';
import type { FileChange, ReviewDocuments } from '../views/reviewDocuments.ts';

/** Shows a change of files side by side, and asks whether to make it. Anything but a plain yes is a no. */
export async function askChange(title: string, edit: WorkspaceEdit, documents: ReviewDocuments): Promise<boolean> {
  const changes = await Promise.all(edit.entries().map(([file, edits]) => changeOf(file, edits)));
  await documents.compare(title, changes);
  try {
    const files = changes.length === 1 ? '1 file' : `${changes.length} files`;
    const yes = { label: '$(check) Apply', description: `${files}; one undo takes it back` };
    const no = { label: '$(close) Leave the Files as They Are' };
    const choice = await window.showQuickPick([yes, no], {
      title,
      placeHolder: 'Make this change?',
      ignoreFocusOut: true,
    });
    return choice === yes;
  } finally {
    await window.tabGroups.close(
      window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .filter(({ label }) => label === title || label.startsWith(`${title} (`)),
    );
  }
}

async function changeOf(file: Uri, edits: readonly TextEdit[]): Promise<FileChange> {
  try {
    await workspace.fs.stat(file);
  } catch {
    // A new file: its edits stand at its beginning.
    return { file, before: '', after: edits.map(({ newText }) => newText).join('') };
  }
  const document = await workspace.openTextDocument(file);
  const before = document.getText();
  let after = before;
  const ordered = [...edits].sort((a, b) => b.range.start.compareTo(a.range.start));
  for (const { newText, range } of ordered)
    after = after.slice(0, document.offsetAt(range.start)) + newText + after.slice(document.offsetAt(range.end));
  return { file, before, after };
}
