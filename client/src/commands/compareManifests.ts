import { FileType, Uri, window, workspace } from 'vscode';
import type { ChosenTarget } from '../adapters/clusterTarget.ts';
import { Failure } from '../cluster/failure.ts';
import type { KubeApi } from '../cluster/kubeApi.ts';
import { describeObject } from '../cluster/kubeObject.ts';
import { manifestSync } from '../cluster/manifestSync.ts';
import type { ManifestDocument } from '../delivery/manifest.ts';
import type { ComparedManifest } from '../views/manifestStates.ts';
import { manifestsIn } from './applicationFiles.ts';
import { askTarget } from './askTarget.ts';
import type { Command, CommandContext } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { withCluster } from './withCluster.ts';

/** More files than these are not searched; a folder can be chosen instead. */
const MOST_FILES = 1_000;

/** Compares the manifests of a file, a folder or the workspace with the cluster, and marks their files. */
export const compareManifests: Command = {
  id: 'slipway.compareManifests',
  needsTrust: true,
  async run(context, argument) {
    const target = await askTarget(context, argument, 'Compare Manifests with the Cluster');
    const files = await filesOf(argument);
    const where = `${target.context}, namespace ${target.namespace}`;
    const drifted = await withCluster(context, target.context, `Comparing manifests with ${where}`, (api, signal) =>
      compareFiles(context, api, target.namespace, files, signal),
    );
    await tell(context, target, drifted);
  },
};

interface Drift extends ComparedManifest {
  readonly document: ManifestDocument;
}

async function compareFiles(
  { manifestStates }: CommandContext,
  api: KubeApi,
  namespace: string,
  files: readonly Uri[],
  signal: AbortSignal,
): Promise<Drift[]> {
  const types = await api.discovery(signal);
  const found: Drift[] = [];
  for (const uri of files) {
    const documents = await documentsIn(uri);
    if (documents.length === 0) continue;
    const manifests: Drift[] = [];
    for (const document of documents) {
      const sync = await manifestSync(api, types, document.object, namespace, signal);
      manifests.push({ name: describeObject(document.object), sync, document });
    }
    manifestStates.note(uri, { context: api.context, namespace, manifests });
    found.push(...manifests);
  }
  return found;
}

/** Lets the person look at what is not in sync. */
async function tell({ log, reviews }: CommandContext, target: ChosenTarget, found: readonly Drift[]): Promise<void> {
  const where = `${target.context}, namespace ${target.namespace}`;
  const open = found.filter(({ sync }) => sync.state !== 'in sync');
  if (open.length === 0) {
    window.setStatusBarMessage(`${found.length} manifests are in sync with ${where}.`, 10_000);
    return;
  }
  for (const { name, sync } of open) log.info(`${name}: ${sync.state} on ${where}`);
  const items = open.map((drift) => ({
    label: drift.name,
    description: drift.sync.state,
    ...(drift.sync.state === 'unknown' ? { detail: drift.sync.reason } : {}),
    drift,
  }));
  const title = `${open.length} of ${found.length} manifests differ from ${where}`;
  const options = { title, placeHolder: 'Select one to see the difference', matchOnDescription: true };
  const { document, sync } = orDismissed(await window.showQuickPick(items, options)).drift;
  if (sync.state !== 'drifted') {
    await window.showTextDocument(Uri.file(document.file));
    return;
  }
  const { kind, metadata } = document.object;
  const review = {
    file: document.file,
    documentIndex: document.documentIndex,
    kind,
    name: metadata.name,
    namespace: metadata.namespace,
    change: 'update' as const,
    diff: sync.diff,
    owner: undefined,
    conflicts: [],
  };
  reviews.hold(target.context, [review]);
  await reviews.open(target.context, review);
}

async function filesOf(argument: unknown): Promise<readonly Uri[]> {
  const given = (argument as { uri?: unknown } | null | undefined)?.uri;
  const uri = argument instanceof Uri ? argument : typeof given === 'string' ? Uri.parse(given) : undefined;
  const isFolder = uri && ((await workspace.fs.stat(uri)).type & FileType.Directory) !== 0;
  if (uri && !isFolder) return [uri];
  const inside = uri ? `${workspace.asRelativePath(uri, false)}/` : '';
  return workspace.findFiles(`${inside}**/*.{yaml,yml}`, '**/{node_modules,.git,.terraform}/**', MOST_FILES);
}

/** The objects of a file; a template or a half-typed file holds none that could be compared. */
async function documentsIn(uri: Uri): Promise<readonly ManifestDocument[]> {
  if (/\/kustomization\.ya?ml$/i.test(uri.path)) return [];
  try {
    return await manifestsIn(uri);
  } catch (error) {
    if (error instanceof Failure && error.kind === 'invalid') return [];
    throw error;
  }
}
