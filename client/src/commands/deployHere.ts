import { window } from 'vscode';
import { Failure } from '../cluster/failure.ts';
import { clusterArgument } from './clusterArgument.ts';
import type { Command } from './command.ts';

/** Takes a namespace of the cluster view as the one that this workspace is deployed to. */
export const deployHere: Command = {
  id: 'slipway.deployHere',
  needsTrust: true,
  async run({ target }, argument) {
    const { context, namespace } = clusterArgument(argument);
    if (context === undefined || namespace === undefined) {
      throw new Failure('not-found', 'No namespace was named.', { advice: 'Choose one in the Cluster view.' });
    }
    await target.choose({ context, namespace });
    window.setStatusBarMessage(`Slipway deploys to ${context}, namespace ${namespace}.`, 5_000);
  },
};
