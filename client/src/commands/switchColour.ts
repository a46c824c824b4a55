import { commands, window } from 'vscode';
import { objectOwner } from '../cluster/objectOwner.ts';
import {
  readColourPair,
  switchChange,
  switchColour as switchInCluster,
  switchObstacle,
} from '../delivery/progressive/blueGreen.ts';
import { askColourPair } from './askColourPair.ts';
import { askPlaceOfChange } from './askPlaceOfChange.ts';
import { askProtection } from './askProtection.ts';
import { askTarget } from './askTarget.ts';
import type { Command, CommandContext } from './command.ts';
import { editManifests } from './editManifest.ts';
import { orDismissed } from './orDismissed.ts';
import { withCluster } from './withCluster.ts';

/** Lets a Service choose the other colour of a blue-green pair, in its file or in the cluster; the same again switches back. */
export const switchColour: Command = {
  id: 'slipway.switchColour',
  needsTrust: true,
  async run(context, argument) {
    const { documentIndex, object, pair: written, uri } = await askColourPair(context, argument, 'Switch Blue-Green');
    const title = `Switch Service ${object.metadata.name}`;
    if ((await askPlaceOfChange(title)) === 'files') {
      await editManifests([{ uri, changes: [switchChange(written, documentIndex)] }]);
      const said = `Service ${object.metadata.name} chooses ${written.idle.value} in the file.`;
      offer(context, window.showInformationMessage(said, 'Deploy'), 'slipway.deploy', { uri: uri.toString() });
      return;
    }
    const { context: name, namespace } = await askTarget(context, undefined, title, object.metadata.namespace);
    const where = `Service ${namespace}/${object.metadata.name} on ${name}`;
    const { pair, service } = await withCluster(context, name, `Reading ${where}`, (api, signal) =>
      readColourPair(api, namespace, object.metadata.name, signal),
    );
    const to = pair.idle.value;
    const obstacle = switchObstacle(pair);
    const detail = [
      `${where}: from ${pair.active.value} (Deployment ${pair.active.workload.metadata.name}) to ${to} (Deployment ${pair.idle.workload.metadata.name}).`,
      obstacle,
      objectOwner(service)?.warning,
    ];
    const yes = obstacle ? `Switch to ${to} Anyway` : `Switch to ${to}`;
    const modal = { modal: true, detail: detail.filter(Boolean).join('\n\n') };
    orDismissed(await window.showWarningMessage(`Switch ${object.metadata.name} to ${to}?`, modal, yes));
    await askProtection(context, name, `Switch ${where} to ${to}`);
    const target = { namespace, service: object.metadata.name, to, waiveObstacle: obstacle !== undefined };
    await withCluster(context, name, `Switching ${where} to ${to}`, (api, signal) =>
      switchInCluster(api, target, signal),
    );
    context.log.info(`${where} chooses ${to}; before, it chose ${pair.active.value}.`);
    const said = `${where} chooses ${to}. The pods of ${pair.active.value} go on running.`;
    offer(context, window.showInformationMessage(said, 'Switch Back'), 'slipway.switchColour', { uri: uri.toString() });
  },
};

function offer({ log }: CommandContext, answer: Thenable<string | undefined>, command: string, argument: object): void {
  answer.then(
    (choice) => choice && commands.executeCommand(command, argument),
    (error: unknown) => log.error(String(error)),
  );
}
