import { commands, window } from 'vscode';
import { objectPath, wellKnownTypes } from '../cluster/resourceType.ts';
import {
  type ArgoRollout,
  actOnRollout as act,
  type RolloutAct,
  rolloutInWords,
} from '../delivery/progressive/argoRollout.ts';
import { askObject } from './askObject.ts';
import { askProtection } from './askProtection.ts';
import { askTarget } from './askTarget.ts';
import type { CommandContext } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { withCluster } from './withCluster.ts';

/** Asks which Argo Rollout is meant, shows where it stands, carries an act out, and says where it stands then. */
export async function actOnRollout(
  context: CommandContext,
  argument: unknown,
  wanted: RolloutAct,
  verb: string,
): Promise<void> {
  const { object } = await askObject(argument, {
    title: `${verb} Rollout`,
    what: 'Argo Rollouts',
    mark: 'Rollout',
    accepts: ({ apiVersion, kind }) => kind === 'Rollout' && apiVersion.startsWith('argoproj.io/'),
  });
  const { name } = object.metadata;
  const place = await askTarget(context, undefined, `${verb} Rollout ${name}`, object.metadata.namespace);
  const where = `Rollout ${place.namespace}/${name} on ${place.context}`;
  const before = await withCluster(context, place.context, `Reading ${where}`, (api, signal) =>
    api.get(objectPath(wellKnownTypes.rollouts, place.namespace, name), signal),
  );
  const detail = `${where}: ${rolloutInWords(before as ArgoRollout)}.`;
  orDismissed(await window.showWarningMessage(`${verb} ${name}?`, { modal: true, detail }, verb));
  await askProtection(context, place.context, `${verb} ${where}`);
  const target = { namespace: place.namespace, name };
  await withCluster(context, place.context, `${verb} ${where}`, (api, signal) => act(api, target, wanted, signal));
  context.log.info(`${where}: ${wanted}.`);
  window.showInformationMessage(`${verb} of ${where} is under way.`, 'Watch').then(
    (choice) => {
      const workload = { kind: 'Rollout', ...target };
      return choice && commands.executeCommand('slipway.watchRollout', { ...place, workload });
    },
    (error: unknown) => context.log.error(String(error)),
  );
}
