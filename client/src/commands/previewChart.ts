import { basename, relative } from 'node:path';
import { ProgressLocation, Uri, window, workspace } from 'vscode';
import { type ChartFolder, chartFolderOf } from '../adapters/chartFolder.ts';
import { Failure } from '../cluster/failure.ts';
import type { Command, CommandContext } from './command.ts';
import { orDismissed } from './orDismissed.ts';

/** Shows what Helm renders of a template, or of a whole chart, and keeps it up to date with what is saved. */
export const previewChart: Command = {
  id: 'slipway.previewChart',
  needsTrust: true,
  async run(context, argument) {
    const file = argument instanceof Uri ? argument : window.activeTextEditor?.document.uri;
    const chart = (file?.scheme === 'file' ? await chartFolderOf(file.fsPath) : undefined) ?? (await askChart());
    await askValuesFiles(context, chart);
    const template = file && isTemplate(file.fsPath, chart) ? file.fsPath : undefined;
    await window.withProgress(
      { location: ProgressLocation.Notification, cancellable: true, title: `Rendering ${chart.name}` },
      async (_progress, token) => {
        const cancelling = new AbortController();
        token.onCancellationRequested(() => cancelling.abort());
        await context.charts.preview(chart, template, cancelling.signal);
      },
    );
  },
};

function isTemplate(file: string, { folder }: ChartFolder): boolean {
  const path = relative(folder, file).replaceAll('\\', '/');
  return /(?:^|\/)templates\/.*\.ya?ml$/.test(path) && !path.startsWith('..') && !basename(path).startsWith('_');
}

async function askChart(): Promise<ChartFolder> {
  const files = await workspace.findFiles('**/Chart.yaml', '**/node_modules/**');
  if (files.length === 0) throw new Failure('not-found', 'No folder of this workspace is a Helm chart.');
  const items = files.map((uri) => ({ label: workspace.asRelativePath(Uri.joinPath(uri, '..')), uri }));
  const chosen =
    items.length === 1 ? items[0]! : orDismissed(await window.showQuickPick(items, { placeHolder: 'Which chart?' }));
  return (await chartFolderOf(chosen.uri.fsPath))!;
}

/** Asks only where there is a choice, and proposes the last answer. */
async function askValuesFiles({ memory }: CommandContext, chart: ChartFolder): Promise<void> {
  if (chart.valuesFiles.length === 0) return;
  const before = memory.get<readonly string[]>(valuesKey(chart), []);
  const picked = orDismissed(
    await window.showQuickPick(
      chart.valuesFiles.map((path) => ({ label: relative(chart.folder, path), path, picked: before.includes(path) })),
      { canPickMany: true, placeHolder: 'Which values files on top of values.yaml?', ignoreFocusOut: true },
    ),
  );
  await memory.update(
    valuesKey(chart),
    picked.map(({ path }) => path),
  );
}

/** Where the choice for a chart is remembered. */
export function valuesKey({ folder }: Pick<ChartFolder, 'folder'>): string {
  return `chartValues ${folder}`;
}
