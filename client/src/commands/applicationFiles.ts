import { FileType, Uri, workspace } from 'vscode';
import type { ApplicationNode } from '../../../protocol/slipwayProtocol.ts';
import { isWorkload } from '../cluster/workload.ts';
import { type ContainerTestFile, parseContainerTests } from '../delivery/containerTest.ts';
import { type ManifestDocument, parseManifest } from '../delivery/manifest.ts';

/** The container tests that stand beside an application's Dockerfile. */
export async function containerTestsOf({ folder }: ApplicationNode): Promise<ContainerTestFile[]> {
  const tests: ContainerTestFile[] = [];
  for (const uri of await filesIn(Uri.parse(folder))) {
    if (/structure-tests?[^/]*\.(?:ya?ml|json)$/.test(uri.path)) {
      tests.push(parseContainerTests(uri.fsPath, await textOf(uri)));
    }
  }
  return tests;
}

/** The manifests in the folders that hold an application's workloads: what is deployed together with it. */
export async function manifestsOf({ manifests }: ApplicationNode): Promise<ManifestDocument[]> {
  const folders = new Map(manifests.map(({ uri }) => [Uri.joinPath(Uri.parse(uri), '..').toString(), uri]));
  const documents: ManifestDocument[] = [];
  for (const folder of folders.keys()) documents.push(...(await manifestsIn(Uri.parse(folder))));
  return documents;
}

/** The manifests of a file, or of all YAML and JSON files directly in a folder; Kustomize's own files are none. */
export async function manifestsIn(uri: Uri): Promise<ManifestDocument[]> {
  const isFolder = ((await workspace.fs.stat(uri)).type & FileType.Directory) !== 0;
  const files = isFolder ? await filesIn(uri) : [uri];
  const documents: ManifestDocument[] = [];
  for (const file of files) {
    if (isFolder && (!/\.(?:ya?ml|json)$/i.test(file.path) || /\/kustomization\.ya?ml$/i.test(file.path))) continue;
    const text = await textOf(file);
    if (isFolder && !/^\s*"?apiVersion"?\s*:/m.test(text)) continue;
    documents.push(...parseManifest(file.fsPath, text));
  }
  return documents;
}

/** The document of a file that defines a workload, so that a failed rollout can point into it. */
export async function manifestOf(
  uri: string,
  kind: string,
  name: string,
): Promise<{ file: string; documentIndex: number } | undefined> {
  const documents = await manifestsIn(Uri.parse(uri));
  const found = documents.find(
    ({ object }) => isWorkload(object) && object.kind === kind && object.metadata.name === name,
  );
  return found && { file: found.file, documentIndex: found.documentIndex };
}

/** The namespace that every document names; undefined where one names none or another. */
export function namespaceOf(documents: readonly ManifestDocument[]): string | undefined {
  const named = new Set(documents.map(({ object }) => object.metadata.namespace));
  return named.size === 1 ? [...named][0] : undefined;
}

/** Where documents go, for dialogs: `namespace shop`, or all of them where they name several. */
export function namespacesInWords(documents: readonly ManifestDocument[], namespace: string): string {
  const names = [...new Set(documents.map(({ object }) => object.metadata.namespace ?? namespace))].sort();
  return `${names.length === 1 ? 'namespace' : 'namespaces'} ${names.join(', ')}`;
}

async function filesIn(folder: Uri): Promise<Uri[]> {
  const entries = await workspace.fs.readDirectory(folder);
  return entries
    .filter(([, type]) => (type & FileType.File) !== 0)
    .map(([name]) => Uri.joinPath(folder, name))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What the person sees is what is deployed: an open document counts, saved or not. */
async function textOf(uri: Uri): Promise<string> {
  return (await workspace.openTextDocument(uri)).getText();
}
