import { commands, window } from 'vscode';
import { applicationHistory, rollBackApplication as rollBack } from '../cluster/argoHistory.ts';
import { Failure } from '../cluster/failure.ts';
import { askArgoApplication } from './askArgoApplication.ts';
import { askProtection } from './askProtection.ts';
import type { Command } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { withCluster } from './withCluster.ts';

/** Shows what Argo CD deployed of an application before, and has it deploy one of these again. */
export const rollBackApplication: Command = {
  id: 'slipway.rollBackApplication',
  needsTrust: true,
  async run(context, argument) {
    const {
      context: name,
      live,
      reference,
      where,
    } = await askArgoApplication(context, argument, 'Roll Back Application');
    const [current, ...former] = applicationHistory(live);
    if (former.length === 0) throw new Failure('not-found', `${where} has no former deployment to go back to.`);
    const items = former.map(({ deployedAt, id, revisions }) => ({
      label: `Deployment ${id}`,
      description: revisions.join(', '),
      detail: deployedAt ?? '',
      id,
    }));
    const placeHolder = `Now at deployment ${current?.id} (${current?.revisions.join(', ')}). Back to which?`;
    const { id } = orDismissed(await window.showQuickPick(items, { title: where, placeHolder, ignoreFocusOut: true }));
    await askProtection(context, name, `Roll back ${where}`);
    await withCluster(context, name, `Rolling back ${where}`, (api, signal) => rollBack(api, reference, id, signal));
    context.log.info(`${where}: asked Argo CD for deployment ${id}.`);
    window.showInformationMessage(`Argo CD goes back to deployment ${id} of ${reference.name}.`, 'Watch').then(
      (choice) => {
        const { namespace } = reference;
        return (
          choice && commands.executeCommand('slipway.watchRollout', { context: name, namespace, workload: reference })
        );
      },
      (error: unknown) => context.log.error(String(error)),
    );
  },
};
