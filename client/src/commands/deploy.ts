import { FileType, Uri, window, workspace } from 'vscode';
import { readManifests } from '../adapters/manifestFiles.ts';
import { slipwaySettings } from '../adapters/slipwaySettings.ts';
import type { ManifestDocument } from '../delivery/manifest.ts';
import { manifestsOf, namespaceOf, namespacesInWords } from './applicationFiles.ts';
import { askApplication } from './askApplication.ts';
import { askProtection } from './askProtection.ts';
import { askTarget } from './askTarget.ts';
import type { Command, CommandContext } from './command.ts';
import { watchOptions } from './deliveryParts.ts';
import { deploymentSet } from './deploymentSet.ts';
import { runDelivery } from './runDelivery.ts';

/** Reviews manifests on the cluster, applies them after a yes, and watches what they start. */
export const deploy: Command = {
  id: 'slipway.deploy',
  needsTrust: true,
  async run(context, argument) {
    const { documents, folder, name } = await sourceOf(context, argument);
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

interface DeploymentSource {
  readonly documents: readonly ManifestDocument[];
  readonly name: string;
  /** The folder that is deployed as a whole; undefined for a part of one. */
  readonly folder?: Uri;
}

/** A file or folder of the explorer (or `{ uri }` of a key binding), the manifest in the editor, or all manifests of an application. */
async function sourceOf(context: CommandContext, argument: unknown): Promise<DeploymentSource> {
  const given = (argument as { uri?: unknown } | null | undefined)?.uri;
  const uri = argument instanceof Uri ? argument : typeof given === 'string' ? Uri.parse(given) : undefined;
  if (uri) return sourceAt(context, uri);
  const active = window.activeTextEditor?.document;
  if (argument === undefined && active && /^\s*apiVersion\s*:/m.test(active.getText())) {
    return sourceAt(context, active.uri);
  }
  const application = await askApplication(context, argument, 'Deploy');
  return { documents: await manifestsOf(application), name: application.name };
}

/** A manifest; or a folder or a kustomization file, which stand for all that they hold or build. */
async function sourceAt(context: CommandContext, uri: Uri): Promise<DeploymentSource> {
  const isFolder = ((await workspace.fs.stat(uri)).type & FileType.Directory) !== 0;
  const isOverlay = /\/kustomization(?:\.ya?ml)?$/i.test(uri.path);
  const folder = isFolder ? uri : isOverlay ? Uri.joinPath(uri, '..') : undefined;
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
