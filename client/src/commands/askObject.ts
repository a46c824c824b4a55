import { Uri, window, workspace } from 'vscode';
import { Failure } from '../cluster/failure.ts';
import { describeObject, type KubeObject } from '../cluster/kubeObject.ts';
import { type ManifestDocument, manifestRange, parseManifest } from '../delivery/manifest.ts';
import { orDismissed } from './orDismissed.ts';

/** An object and the file of the workspace that it is written in. */
export interface ObjectInFile {
  readonly uri: Uri;
  readonly documentIndex: number;
  readonly object: KubeObject;
}

/** Which objects a question is about. */
export interface ObjectQuestion {
  readonly title: string;
  /** In the plural, for messages: `VirtualServices that divide traffic`. */
  readonly what: string;
  /** Something that stands in every file of theirs, so that others need no parsing. */
  readonly mark: string | RegExp;
  accepts(object: KubeObject): boolean;
}

/** More files than these are not searched; the person can then open the one that is meant. */
const MOST_FILES = 2_000;

/** The object that a lens or a file names (`{ uri, line }`), the one at the cursor, else what the person chooses. */
export async function askObject(argument: unknown, question: ObjectQuestion): Promise<ObjectInFile> {
  const given = (argument as { uri?: unknown; line?: unknown } | null | undefined) ?? {};
  const uri = argument instanceof Uri ? argument : typeof given.uri === 'string' ? Uri.parse(given.uri) : undefined;
  const editor = window.activeTextEditor;
  const file = uri ?? (argument === undefined ? editor?.document.uri : undefined);
  if (file) {
    const line =
      typeof given.line === 'number'
        ? given.line
        : editor?.document.uri.toString() === file.toString() && !uri
          ? editor?.selection.active.line
          : undefined;
    const here = await objectsIn(file, question);
    const text = (await workspace.openTextDocument(file)).getText();
    const atLine =
      line === undefined ? undefined : here.findLast(({ documentIndex }) => startLine(text, documentIndex) <= line);
    if (atLine ?? (here.length === 1 && here[0])) return atLine ?? here[0]!;
    if (here.length > 0) return chooseObject(here, question);
    if (uri) throw new Failure('not-found', `${workspace.asRelativePath(uri)} has no ${question.what}.`);
  }
  const found = await objectsOfWorkspace(question);
  if (found.length === 0) throw new Failure('not-found', `This workspace has no ${question.what}.`);
  return chooseObject(found, question);
}

/** The objects of the workspace that a question is about. */
export async function objectsOfWorkspace(
  question: Pick<ObjectQuestion, 'accepts' | 'mark'>,
): Promise<readonly ObjectInFile[]> {
  const files = await workspace.findFiles('**/*.{yaml,yml}', '**/{node_modules,.git,.terraform}/**', MOST_FILES);
  return (await Promise.all(files.map((each) => objectsIn(each, question)))).flat();
}

async function chooseObject(found: readonly ObjectInFile[], { title }: ObjectQuestion): Promise<ObjectInFile> {
  if (found.length === 1) return found[0]!;
  const items = found
    .map((each) => ({ label: describeObject(each.object), description: workspace.asRelativePath(each.uri), each }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
  const options = { title, placeHolder: 'Which one?', matchOnDescription: true, ignoreFocusOut: true };
  return orDismissed(await window.showQuickPick(items, options)).each;
}

async function objectsIn(
  uri: Uri,
  { accepts, mark }: Pick<ObjectQuestion, 'accepts' | 'mark'>,
): Promise<ObjectInFile[]> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  const text = open?.getText() ?? Buffer.from(await workspace.fs.readFile(uri)).toString('utf8');
  if (typeof mark === 'string' ? !text.includes(mark) : !mark.test(text)) return [];
  let documents: ManifestDocument[];
  try {
    documents = parseManifest(uri.fsPath, text);
  } catch (error) {
    // A chart's template, or half-typed text: it holds no object that could be acted on.
    if (error instanceof Failure) return [];
    throw error;
  }
  return documents
    .filter(({ object }) => accepts(object))
    .map(({ documentIndex, object }) => ({ uri, documentIndex, object }));
}

function startLine(text: string, documentIndex: number): number {
  return manifestRange(text, documentIndex, [])?.start.line ?? Number.POSITIVE_INFINITY;
}
