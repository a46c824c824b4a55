import { Failure } from '../cluster/failure.ts';
import { releaseHistory } from '../delivery/release/releaseHistory.ts';
import { askInstalledRelease } from './askInstalledRelease.ts';
import type { Command } from './command.ts';
import { releaseClient } from './releaseClient.ts';
import { withCancel } from './withCluster.ts';

/** Shows the revisions of a release that Helm keeps, and how each came about. */
export const helmHistory: Command = {
  id: 'slipway.helmHistory',
  needsTrust: true,
  async run(context, argument) {
    const { reference, where } = await askInstalledRelease(context, argument, 'Release History');
    const revisions = await withCancel(`Reading the history of ${where}`, (signal) =>
      releaseClient(context).history(reference, signal),
    );
    if (revisions.length === 0) throw new Failure('not-found', `There is no ${where}.`);
    const { context: name, name: release, namespace } = reference;
    const page = releaseHistory(`Release ${namespace}/${release} on ${name}`, revisions);
    await context.reports.show(`${name}.${namespace}.${release}.history`, page);
  },
};
