import { readFile } from 'node:fs/promises';
import { Uri, workspace } from 'vscode';

/** The text of a file as the person sees it: of an open document, saved or not, else what is on disk. */
export async function textAsSeen(file: string): Promise<string> {
  const open = workspace.textDocuments.find(({ uri }) => uri.toString() === Uri.file(file).toString());
  return open?.getText() ?? readFile(file, 'utf8');
}
