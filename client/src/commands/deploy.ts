import { join } from 'node:path';
import { FileType, Uri, window, workspace } from 'vscode';
import { type ChartFolder, chartFolderOf } from '../adapters/chartFolder.ts';
import { readManifests } from '../adapters/manifestFiles.ts';
import { slipwaySettings } from '../adapters/slipwaySettings.ts';
import type { ManifestDocument } from '../delivery/manifest.ts';
import { manifestsOf, namespaceOf, namespacesInWords } from './applicationFiles.ts';
import { askApplication } from './askApplication.ts';
import { askProtection } from './askProtection.ts';
import { askRelease } from './askRelease.ts';
import { askTarget } from './askTarget.ts';
import type { Command, CommandContext } from './command.ts';
import { watchOptions } from './deliveryParts.ts';
import { deploymentSet } from './deploymentSet.ts';
import { runDelivery } from './runDelivery.ts';

/** Reviews manifests or a chart on the cluster, applies them after a yes, and watches what they start. */
export const deploy: Command = {
  id: 'slipway.deploy',
  needsTrust: true,
  async run(context, argument) {
    const uri = placeOf(argument);
    const chart = uri && (await chartAt(uri));
    if (chart) return deployChart(context, chart, argument);
    const { documents, folder, name } = await sourceOf(context, argument, uri);
    const title = `Deploy ${name}`;
    const target = await askTarget(context, argument, title, namespaceOf(documents));
    const where = `${title} to ${target.context}, ${namespacesInWords(documents, target.namespace)}`;
    const protection = await askProtection(context, target.context, where);
    const keeps = folder !== undefined && slipwaySettings.keepsDeploymentSets();
    const set = keeps ? { set: deploymentSet(folder, target.namespace) } : {};
    await runDelivery(
      context,
      { deploy: { ...target, documents, ...set, ...protection, watch: watchOptions() } },
      where,
    );
  },
};

/** Installs or upgrades a chart as a release. */
async function deployChart(context: CommandContext, chart: ChartFolder, argument: unknown): Promise<void> {
  const target = await askTarget(context, argument, `Deploy ${chart.name}`);
  const release = await askRelease(context, chart, target, argument);
  const where = `Deploy release ${release.name} to ${target.context}, namespace ${target.namespace}`;
  const protection = await askProtection(context, target.context, where);
  await runDelivery(context, { release: { release, ...protection, watch: watchOptions() } }, where);
}

/** A file or folder of the explorer, `{ uri }` of a key binding, or the file in the editor when nothing is given. */
function placeOf(argument: unknown): Uri | undefined {
  const given = (argument as { uri?: unknown } | null | undefined)?.uri;
  if (argument instanceof Uri) return argument;
  if (typeof given === 'string') return Uri.parse(given);
  return argument === undefined ? window.activeTextEditor?.document.uri : undefined;
}

/** The chart that a folder is or a file belongs to. */
async function chartAt(uri: Uri): Promise<ChartFolder | undefined> {
  if (uri.scheme !== 'file') return undefined;
  const isFolder = ((await workspace.fs.stat(uri)).type & FileType.Directory) !== 0;
  const chart = await chartFolderOf(isFolder ? join(uri.fsPath, 'Chart.yaml') : uri.fsPath);
  return isFolder && chart?.folder !== uri.fsPath ? undefined : chart;
}

interface DeploymentSource {
  readonly documents: readonly ManifestDocument[];
  readonly name: string;
  /** The folder that is deployed as a whole; undefined for a part of one. */
  readonly folder?: Uri;
}

/** What lies at the place; what is in the editor counts only where it is a manifest. Else all manifests of an application. */
async function sourceOf(context: CommandContext, argument: unknown, uri: Uri | undefined): Promise<DeploymentSource> {
  const isManifest = (): boolean =>
    isKustomization(uri) || /^\s*apiVersion\s*:/m.test(window.activeTextEditor?.document.getText() ?? '');
  if (uri && (argument !== undefined || isManifest())) return sourceAt(context, uri);
  const application = await askApplication(context, argument, 'Deploy');
  return { documents: await manifestsOf(application), name: application.name };
}

function isKustomization(uri: Uri | undefined): boolean {
  return /\/kustomization(?:\.ya?ml)?$/i.test(uri?.path ?? '');
}

/** A manifest; or a folder or a kustomization file, which stand for all that they hold or build. */
async function sourceAt(context: CommandContext, uri: Uri): Promise<DeploymentSource> {
  const isFolder = ((await workspace.fs.stat(uri)).type & FileType.Directory) !== 0;
  const folder = isFolder ? uri : isKustomization(uri) ? Uri.joinPath(uri, '..') : undefined;
  const tools = {
    // What the person sees is what is deployed: an open document counts, saved or not.
    readText: async (file: string) => (await workspace.openTextDocument(Uri.file(file))).getText(),
    environment: process.env,
    trusted: context.isTrusted(),
  };
  const documents = await readManifests(uri.fsPath, tools, new AbortController().signal);
  const name = (folder ?? uri).path.split('/').at(-1) ?? uri.path;
  return { documents, name, ...(folder ? { folder } : {}) };
}
