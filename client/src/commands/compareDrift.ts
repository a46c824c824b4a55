import { window } from 'vscode';
import { DRIFT_GROUPS } from '../cluster/drift.ts';
import { askDriftSources } from './askDriftSources.ts';
import { askTarget } from './askTarget.ts';
import type { Command } from './command.ts';
import { withCluster } from './withCluster.ts';

/** Compares what was chosen of this workspace with its target anew; asks what that is where nothing was chosen yet. */
export const compareDrift: Command = {
  id: 'slipway.compareDrift',
  needsTrust: true,
  async run(context, argument) {
    const { drift, log } = context;
    const target = await askTarget(context, argument, 'Compare Workspace Manifests');
    if (drift.sources(target).length === 0) await askDriftSources(context, target, undefined);
    const where = `${target.context}, namespace ${target.namespace}`;
    const entries = await withCluster(context, target.context, `Comparing the workspace with ${where}`, (api, signal) =>
      drift.compare(target, api, signal),
    );
    const counts = DRIFT_GROUPS.flatMap((group) => {
      const count = entries.filter((entry) => entry.group === group).length;
      return count === 0 ? [] : [`${count} ${group}`];
    });
    const words = `${where}: ${counts.join(', ') || 'the files define no objects'}.`;
    log.info(words);
    window.setStatusBarMessage(words, 10_000);
  },
};
