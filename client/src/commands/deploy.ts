import { Uri, window } from 'vscode';
import type { ManifestDocument } from '../delivery/manifest.ts';
import { manifestsIn, manifestsOf, namespaceOf, namespacesInWords } from './applicationFiles.ts';
import { askApplication } from './askApplication.ts';
import { askProtection } from './askProtection.ts';
import { askTarget } from './askTarget.ts';
import type { Command, CommandContext } from './command.ts';
import { watchOptions } from './deliveryParts.ts';
import { runDelivery } from './runDelivery.ts';

/** Reviews manifests on the cluster, applies them after a yes, and watches what they start. */
export const deploy: Command = {
  id: 'slipway.deploy',
  needsTrust: true,
  async run(context, argument) {
    const { documents, name } = await documentsOf(context, argument);
    const title = `Deploy ${name}`;
    const target = await askTarget(context, argument, title, namespaceOf(documents));
    const where = `${title} to ${target.context}, ${namespacesInWords(documents, target.namespace)}`;
    const protection = await askProtection(context, target.context, where);
    await runDelivery(context, { deploy: { ...target, documents, ...protection, watch: watchOptions() } }, where);
  },
};

/** A file or folder of the explorer (or `{ uri }` of a key binding), the manifest in the editor, or all manifests of an application. */
async function documentsOf(
  context: CommandContext,
  argument: unknown,
): Promise<{ documents: readonly ManifestDocument[]; name: string }> {
  const given = (argument as { uri?: unknown } | null | undefined)?.uri;
  const uri = argument instanceof Uri ? argument : typeof given === 'string' ? Uri.parse(given) : undefined;
  if (uri) return { documents: await manifestsIn(uri), name: uri.path.split('/').at(-1) ?? uri.path };
  const active = window.activeTextEditor?.document;
  if (argument === undefined && active && /^\s*apiVersion\s*:/m.test(active.getText())) {
    return { documents: await manifestsIn(active.uri), name: active.uri.path.split('/').at(-1) ?? active.fileName };
  }
  const application = await askApplication(context, argument, 'Deploy');
  return { documents: await manifestsOf(application), name: application.name };
}
