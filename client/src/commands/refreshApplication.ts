import { window } from 'vscode';
import { refreshApplication as refresh } from '../cluster/argoHistory.ts';
import { askArgoApplication } from './askArgoApplication.ts';
import type { Command } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { withCluster } from './withCluster.ts';

/** Has Argo CD compare an application with its source anew; nothing is deployed. */
export const refreshApplication: Command = {
  id: 'slipway.refreshApplication',
  needsTrust: true,
  async run(context, argument) {
    const { context: name, reference, where } = await askArgoApplication(context, argument, 'Refresh Application');
    const modes = [
      { label: 'Refresh', detail: 'Compares with the newest commit of its source.', mode: 'normal' as const },
      {
        label: 'Hard refresh',
        detail: 'Also renders the manifests anew, without the cache of Argo CD.',
        mode: 'hard' as const,
      },
    ];
    const { mode } = orDismissed(await window.showQuickPick(modes, { title: where, ignoreFocusOut: true }));
    await withCluster(context, name, `Refreshing ${where}`, (api, signal) => refresh(api, reference, mode, signal));
    window.setStatusBarMessage(`Argo CD compares ${reference.name} anew.`, 5_000);
  },
};
