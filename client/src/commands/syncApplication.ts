import { window } from 'vscode';
import { slipwaySettings } from '../adapters/slipwaySettings.ts';
import { outOfSync } from '../cluster/argoHistory.ts';
import { askArgoApplication } from './askArgoApplication.ts';
import { askProtection } from './askProtection.ts';
import type { Command } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { runDelivery } from './runDelivery.ts';

/** Has Argo CD bring an application to its source, and watches it. Pruning is a choice of its own. */
export const syncApplication: Command = {
  id: 'slipway.syncApplication',
  needsTrust: true,
  async run(context, argument) {
    const { context: name, live, reference, where } = await askArgoApplication(context, argument, 'Sync Application');
    const differing = outOfSync(live);
    const pruned = differing.filter(({ requiresPruning }) => requiresPruning);
    const named = (objects: typeof differing): string =>
      objects.map((each) => `${each.kind} ${each.name}`).join(', ') || 'none';
    const detail = `${where}\n\nOut of sync: ${named(differing)}.\n\nGone from its source: ${named(pruned)}.`;
    const choices = pruned.length === 0 ? ['Sync'] : ['Sync', 'Sync and Prune'];
    const choice = orDismissed(
      await window.showWarningMessage(`Sync ${reference.name}?`, { modal: true, detail }, ...choices),
    );
    const protection = await askProtection(context, name, `Sync ${where}`);
    const timeoutMilliseconds = slipwaySettings.rolloutTimeoutMilliseconds();
    const sync = { prune: choice === 'Sync and Prune' };
    await runDelivery(
      context,
      { rollout: { context: name, workload: reference, timeoutMilliseconds, sync, ...protection } },
      `Sync ${where}`,
    );
  },
};
