import { dirname } from 'node:path';
import { Uri, window, workspace } from 'vscode';
import { chartFolderOf } from '../adapters/chartFolder.ts';
import { HelmCharts } from '../adapters/helmCharts.ts';
import { Failure } from '../cluster/failure.ts';
import type { CommandContext } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { withCancel } from './withCluster.ts';

/** Works with the helm of this machine on charts and repositories; what it says goes to the log. */
export function withHelm<T>(
  { log }: Pick<CommandContext, 'log'>,
  title: string,
  work: (helm: HelmCharts, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  log.info(`=== ${title}`);
  const helm = new HelmCharts({ command: 'helm', environment: process.env, say: (line) => log.info(line) });
  return withCancel(title, (signal) => work(helm, signal));
}

/** The folder of the chart that a file belongs to, else of the one that the person chooses. */
export async function askChartFolder(argument: unknown, title: string): Promise<string> {
  const file = argument instanceof Uri ? argument : window.activeTextEditor?.document.uri;
  const known = file?.scheme === 'file' ? await chartFolderOf(file.fsPath) : undefined;
  if (known) return known.folder;
  const folders = (await workspace.findFiles('**/Chart.yaml', '**/node_modules/**')).map(({ fsPath }) =>
    dirname(fsPath),
  );
  if (folders.length === 0) throw new Failure('not-found', 'No folder of this workspace is a Helm chart.');
  const items = folders.map((folder) => ({ label: workspace.asRelativePath(folder), folder }));
  return orDismissed(await window.showQuickPick(items, { title, placeHolder: 'Which chart?', ignoreFocusOut: true }))
    .folder;
}
