import { ProgressLocation, window } from 'vscode';
import { deliveryEngines } from '../adapters/deliveryEngines.ts';
import { chooseTarget } from './askTarget.ts';
import type { Command } from './command.ts';

/** Chooses context and namespace of this workspace, and looks whether the cluster answers. */
export const chooseContext: Command = {
  id: 'slipway.chooseContext',
  needsTrust: true,
  async run(context) {
    const { target } = context;
    const chosen = await chooseTarget(context, 'Where is this workspace deployed to?');
    const engines = deliveryEngines({ kubeconfigs: target.files, trusted: context.isTrusted() });
    try {
      await window.withProgress(
        { location: ProgressLocation.Window, cancellable: true, title: `Asking ${chosen.context}` },
        async (_progress, token) => {
          const cancelling = new AbortController();
          token.onCancellationRequested(() => cancelling.abort());
          await engines.cluster(chosen.context).discovery(cancelling.signal);
        },
      );
      target.heard('reachable');
    } catch (error) {
      target.heard('unreachable');
      throw error;
    } finally {
      engines.dispose();
    }
  },
};
