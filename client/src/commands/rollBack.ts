import { ProgressLocation, window } from 'vscode';
import { deliveryEngines } from '../adapters/deliveryEngines.ts';
import { slipwaySettings } from '../adapters/slipwaySettings.ts';
import { Failure } from '../cluster/failure.ts';
import { listRevisions } from '../cluster/undoRollout.ts';
import { askProtection } from './askProtection.ts';
import { askWorkload, type ChosenWorkload } from './askWorkload.ts';
import type { Command, CommandContext } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { runDelivery } from './runDelivery.ts';

/** Takes a workload back to a former revision and watches that it gets there. */
export const rollBack: Command = {
  id: 'slipway.rollBack',
  needsTrust: true,
  async run(context, argument) {
    const chosen = await askWorkload(context, argument, 'Roll Back');
    const { kind, name, namespace } = chosen.workload;
    const where = `${kind} ${namespace}/${name} on ${chosen.context}`;
    // The button of a failed rollout means the revision before; everybody else chooses.
    const isFormer = (argument as { toFormer?: unknown } | null | undefined)?.toFormer === true;
    const undo = isFormer ? {} : { toRevision: await askRevision(context, chosen, where) };
    const protection = await askProtection(context, chosen.context, `Roll back ${where}`);
    const timeoutMilliseconds = slipwaySettings.rolloutTimeoutMilliseconds();
    await runDelivery(
      context,
      { rollout: { ...chosen, ...protection, timeoutMilliseconds, undo } },
      `Roll back ${where}`,
    );
  },
};

async function askRevision(context: CommandContext, chosen: ChosenWorkload, where: string): Promise<number> {
  const engines = deliveryEngines({ kubeconfigs: context.target.files, trusted: context.isTrusted() });
  try {
    const { current, revisions } = await window.withProgress(
      { location: ProgressLocation.Notification, cancellable: true, title: `Reading the revisions of ${where}` },
      async (_progress, token) => {
        const cancelling = new AbortController();
        token.onCancellationRequested(() => cancelling.abort());
        return listRevisions(engines.cluster(chosen.context), chosen.workload, cancelling.signal);
      },
    );
    const former = revisions.filter(({ number }) => number !== current?.number).reverse();
    if (former.length === 0) throw new Failure('not-found', `${where} has no former revision to go back to.`);
    const choice = await window.showQuickPick(
      former.map(({ number, template }) => ({
        label: `Revision ${number}`,
        description: (template?.spec.containers ?? []).flatMap(({ image }) => image ?? []).join(', '),
        number,
      })),
      {
        title: `Roll back ${where}`,
        placeHolder: `Now at revision ${current?.number ?? 'unknown'}. Back to which?`,
        ignoreFocusOut: true,
      },
    );
    return orDismissed(choice).number;
  } finally {
    engines.dispose();
  }
}
