import { window } from 'vscode';
import { systemClock } from '../adapters/clock.ts';
import type { KubeApi } from '../cluster/kubeApi.ts';
import type { KubeObject } from '../cluster/kubeObject.ts';
import { cordon, deleteObject, restart, scale } from '../cluster/objectChanges.ts';
import { objectOwner } from '../cluster/objectOwner.ts';
import { objectPath } from '../cluster/resourceType.ts';
import { askProtection } from './askProtection.ts';
import { type ChosenObject, chosenObject } from './clusterArgument.ts';
import type { Command, CommandContext } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { withCancel, withCluster } from './withCluster.ts';

type Act = (api: KubeApi, live: KubeObject, signal: AbortSignal) => Promise<unknown>;

/** Changes the number of pods of a workload. */
export const scaleWorkload: Command = {
  id: 'slipway.scaleWorkload',
  needsTrust: true,
  async run(context, argument) {
    const chosen = chosenObject(argument);
    const given = (argument as { replicas?: unknown }).replicas;
    const live = await readLive(context, chosen);
    const present = (live['spec'] as { replicas?: number } | undefined)?.replicas ?? 1;
    const text =
      typeof given === 'number'
        ? String(given)
        : orDismissed(
            await window.showInputBox({
              title: `Scale ${chosen.name} on ${chosen.context}`,
              prompt: 'How many pods?',
              value: String(present),
              ignoreFocusOut: true,
              validateInput: (typed) => (/^\d{1,4}$/.test(typed) ? undefined : 'The number of pods, 0 or more.'),
            }),
          );
    const act = `Scale ${chosen.name} on ${chosen.context} from ${present} to ${text}`;
    await change(context, chosen, live, act, (api, _live, signal) => scale(api, chosen.object, Number(text), signal));
  },
};

/** Starts the pods of a workload anew, as its strategy says. */
export const restartWorkload: Command = {
  id: 'slipway.restartWorkload',
  needsTrust: true,
  async run(context, argument) {
    const chosen = chosenObject(argument);
    const live = await readLive(context, chosen);
    await change(context, chosen, live, `Restart ${chosen.name} on ${chosen.context}`, (api, _live, signal) =>
      restart(api, chosen.object, systemClock.now(), signal),
    );
  },
};

/** Keeps new pods off a node. */
export const cordonNode: Command = nodeCommand('slipway.cordonNode', 'Cordon', true);

/** Lets new pods on a node again. */
export const uncordonNode: Command = nodeCommand('slipway.uncordonNode', 'Uncordon', false);

/** Deletes an object after it was asked for; in a protected context its context's name is typed. */
export const deleteLiveObject: Command = {
  id: 'slipway.deleteObject',
  needsTrust: true,
  async run(context, argument) {
    const chosen = chosenObject(argument);
    const live = await readLive(context, chosen);
    await change(context, chosen, live, `Delete ${chosen.name} from ${chosen.context}`, (api, looked, signal) =>
      deleteObject(api, chosen.object, looked, signal),
    );
  },
};

function nodeCommand(id: Command['id'], verb: string, isCordoned: boolean): Command {
  return {
    id,
    needsTrust: true,
    async run(context, argument) {
      const chosen = chosenObject(argument);
      const live = await readLive(context, chosen);
      await change(context, chosen, live, `${verb} ${chosen.name} on ${chosen.context}`, (api, _live, signal) =>
        cordon(api, chosen.object, isCordoned, signal),
      );
    },
  };
}

function readLive({ cluster }: CommandContext, { context, name, object }: ChosenObject): Promise<KubeObject> {
  const path = objectPath(object.type, object.namespace, object.name);
  return withCancel(`Reading ${name}`, (signal) => cluster.api(context).get(path, signal));
}

/** Asks whether to do it, with what stands against it, and does it. A stray Enter does nothing. */
async function change(
  context: CommandContext,
  { context: contextName }: ChosenObject,
  live: KubeObject,
  act: string,
  work: Act,
): Promise<void> {
  const warning = objectOwner(live)?.warning;
  const no = { label: '$(close) Leave it as it is', isYes: false };
  const yes = { label: `$(check) ${act}`, ...(warning === undefined ? {} : { detail: warning }), isYes: true };
  const answer = orDismissed(
    await window.showQuickPick([no, yes], { title: act, placeHolder: 'Shall it be done?', ignoreFocusOut: true }),
  );
  if (!answer.isYes) return;
  await askProtection(context, contextName, act);
  await withCluster(context, contextName, act, (api, signal) => work(api, live, signal));
  context.log.info(`${act}: done.`);
}
