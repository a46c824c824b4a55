import { Uri, window } from 'vscode';
import type { ChosenTarget } from '../adapters/clusterTarget.ts';
import { DRIFT_GROUPS, type DriftEntry } from '../cluster/drift.ts';
import { describeObject } from '../cluster/kubeObject.ts';
import type { ManifestSync } from '../cluster/manifestSync.ts';
import type { ComparedManifest } from '../views/manifestStates.ts';
import { askDriftSources } from './askDriftSources.ts';
import { askTarget } from './askTarget.ts';
import type { Command, CommandContext } from './command.ts';
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
    markFiles(context, target, entries);
    const counts = DRIFT_GROUPS.flatMap((group) => {
      const count = entries.filter((entry) => entry.group === group).length;
      return count === 0 ? [] : [`${count} ${group}`];
    });
    const words = `${where}: ${counts.join(', ') || 'the files define no objects'}.`;
    log.info(words);
    window.setStatusBarMessage(words, 10_000);
  },
};

/** Marks the files of what was compared, those of bases and templates too, as comparing the files themselves does. */
function markFiles({ manifestStates }: CommandContext, target: ChosenTarget, entries: readonly DriftEntry[]): void {
  const files = new Map<string, ComparedManifest[]>();
  for (const entry of entries) {
    if (!entry.written) continue;
    const { file, object } = entry.written;
    const manifest = { name: describeObject(object), sync: syncOf(entry) };
    files.set(file, [...(files.get(file) ?? []), manifest]);
  }
  for (const [file, manifests] of files) manifestStates.note(Uri.file(file), { ...target, manifests });
}

function syncOf({ diff, group, note }: DriftEntry): ManifestSync {
  if (diff) return { state: 'drifted', diff };
  return group === 'missing' || group === 'in sync' ? { state: group } : { state: 'unknown', reason: note };
}
