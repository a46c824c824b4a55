import { window } from 'vscode';
import { chosenObject } from './clusterArgument.ts';
import type { Command } from './command.ts';
import { withCancel } from './withCluster.ts';

/** Opens an object as YAML; saving it changes the object after a look at the difference. */
export const openYaml: Command = {
  id: 'slipway.openYaml',
  needsTrust: true,
  async run({ cluster, liveObjects }, argument) {
    const { context, name, object } = chosenObject(argument);
    const uri = await withCancel(`Reading ${name}`, (signal) =>
      liveObjects.open({ api: cluster.api(context), reference: object }, signal),
    );
    await window.showTextDocument(uri, { preview: false });
  },
};
