import { window } from 'vscode';
import { Failure } from '../cluster/failure.ts';
import { uninstallReview } from '../delivery/release/uninstallReview.ts';
import { askInstalledRelease } from './askInstalledRelease.ts';
import { askProtection } from './askProtection.ts';
import { askReview } from './askReview.ts';
import type { Command } from './command.ts';
import { letFinish } from './letFinish.ts';
import { releaseClient } from './releaseClient.ts';
import { withCancel } from './withCluster.ts';

/** Takes a release and its history away after a look at every object that goes with it. */
export const helmUninstall: Command = {
  id: 'slipway.helmUninstall',
  needsTrust: true,
  async run(context, argument) {
    const { reference, where } = await askInstalledRelease(context, argument, 'Uninstall Release');
    const helm = releaseClient(context);
    const live = await withCancel(`Reading ${where}`, (signal) => helm.current(reference, signal));
    if (!live) throw new Failure('not-found', `There is no ${where}.`);
    const { context: contextName, name, namespace } = reference;
    const reviews = uninstallReview(live.manifest, namespace);
    const gone = reviews.filter(({ change }) => change === 'delete').length;
    const objects = `${gone} ${gone === 1 ? 'object' : 'objects'}`;
    const act = `Uninstall ${name} from ${contextName}: delete ${objects} and its history`;
    const review = { kind: 'edit', context: contextName, namespace, act } as const;
    if (!(await askReview(review, reviews, context.reviews))) return;
    await askProtection(context, contextName, `Uninstall ${where}`);
    context.log.info(`=== Uninstall ${where}`);
    await letFinish(`Uninstalling ${where}`, (signal) => helm.uninstall(reference, signal));
    const kept = reviews.length - gone;
    const stays = kept === 0 ? '' : ` ${kept} stayed, as the chart wants it.`;
    context.log.info(`Uninstalled ${where}: ${objects} deleted.${stays}`);
    window.setStatusBarMessage(`Uninstalled ${where}.${stays}`, 10_000);
  },
};
