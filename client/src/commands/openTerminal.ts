import { window } from 'vscode';
import { ContainerTerminal } from '../adapters/containerTerminal.ts';
import { CONTAINER_SHELL } from '../cluster/containerShell.ts';
import type { Pod } from '../cluster/pod.ts';
import { onePod } from '../cluster/selectedPods.ts';
import { askProtection } from './askProtection.ts';
import { chosenObject } from './clusterArgument.ts';
import type { Command } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { withCancel } from './withCluster.ts';

/** Opens a shell in a container. */
export const openTerminal: Command = {
  id: 'slipway.openTerminal',
  needsTrust: true,
  async run(commandContext, argument) {
    const { container, context, name, object } = chosenObject(argument);
    const api = commandContext.cluster.api(context);
    const pod = await withCancel(`Looking for a pod of ${name}`, (signal) => onePod(api, object, signal));
    const chosen = container ?? (await askContainer(pod, name));
    const where = `${pod.metadata.name}/${chosen}`;
    await askProtection(commandContext, context, `Open a terminal in ${where} on ${context}`);
    const run = {
      namespace: object.namespace ?? 'default',
      pod: pod.metadata.name,
      container: chosen,
      command: CONTAINER_SHELL,
    };
    window.createTerminal({ name: `${where} (${context})`, pty: new ContainerTerminal(api, run) }).show();
  },
};

async function askContainer({ spec }: Pod, title: string): Promise<string> {
  const names = (spec?.containers ?? []).map(({ name }) => name);
  if (names.length === 1) return names[0]!;
  return orDismissed(await window.showQuickPick(names, { title, placeHolder: 'Which container?' }));
}
