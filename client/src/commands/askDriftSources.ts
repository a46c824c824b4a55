import { dirname } from 'node:path';
import { type QuickPickItem, type Uri, window, workspace } from 'vscode';
import { type ChartFolder, chartFolderOf } from '../adapters/chartFolder.ts';
import type { ChosenTarget } from '../adapters/clusterTarget.ts';
import type { DriftSource } from '../adapters/driftSource.ts';
import { Failure } from '../cluster/failure.ts';
import { askRelease } from './askRelease.ts';
import type { CommandContext } from './command.ts';
import { orDismissed } from './orDismissed.ts';

/** More files than these are not looked at. */
const MOST_FILES = 1_000;

const SKIPPED = '**/{node_modules,.git,.terraform}/**';

interface SourceItem extends QuickPickItem {
  readonly path: string;
  readonly chart?: ChartFolder;
}

/**
 * Which folders, overlays and charts stand in a target: what the argument says as `paths`, else what the person answers.
 * The answer is remembered.
 */
export async function askDriftSources(context: CommandContext, target: ChosenTarget, argument: unknown): Promise<void> {
  const { drift } = context;
  const title = `Compare with ${target.context}, namespace ${target.namespace}`;
  const before = drift.sources(target);
  const { paths } = (argument as { paths?: unknown } | null | undefined) ?? {};
  const items = (await sourceItems()).map((item) => ({
    ...item,
    picked: before.some(({ path }) => path === item.path),
  }));
  if (items.length === 0) throw new Failure('not-found', 'This workspace has no manifests, overlays or charts.');
  const placeHolder = 'What of this workspace stands there?';
  const options = { title, placeHolder, canPickMany: true, matchOnDescription: true, ignoreFocusOut: true } as const;
  const picked = Array.isArray(paths)
    ? items.filter(({ path }) => paths.includes(path))
    : orDismissed(await window.showQuickPick(items, options));
  if (Array.isArray(paths) && picked.length === 0) {
    throw new Failure('not-found', `This workspace has no manifests, overlays or charts in ${paths.join(', ')}.`);
  }
  const sources: DriftSource[] = [];
  for (const { chart, path } of picked) {
    if (!chart) {
      sources.push({ kind: 'folder', path });
      continue;
    }
    const { name, valuesFiles } = await askRelease(context, chart, target, argument);
    sources.push({ kind: 'chart', path, releaseName: name, valuesFiles });
  }
  await drift.choose(target, sources);
  if (sources.length === 0) throw new Failure('cancelled', 'Nothing was chosen.');
}

async function sourceItems(): Promise<SourceItem[]> {
  const folderOf = ({ fsPath }: Uri): string => dirname(fsPath);
  const [charts, overlays, files] = await Promise.all([
    workspace.findFiles('**/Chart.yaml', SKIPPED, MOST_FILES),
    workspace.findFiles('**/{kustomization.yaml,kustomization.yml,Kustomization}', SKIPPED, MOST_FILES),
    workspace.findFiles('**/*.{yaml,yml}', SKIPPED, MOST_FILES),
  ]);
  const found = new Map<string, SourceItem>();
  const add = (path: string, description: string, chart?: ChartFolder): void => {
    const item = { label: workspace.asRelativePath(path), description, path };
    found.set(path, chart ? { ...item, chart } : item);
  };
  for (const uri of charts) {
    const chart = await chartFolderOf(uri.fsPath);
    if (chart && chart.folder === folderOf(uri)) add(chart.folder, 'Helm chart', chart);
  }
  const isInChart = (path: string): boolean =>
    charts.some((uri) => path === folderOf(uri) || path.startsWith(`${folderOf(uri)}/`));
  for (const uri of overlays) if (!isInChart(folderOf(uri))) add(folderOf(uri), 'Kustomize overlay');
  const plain = files.filter((uri) => !found.has(folderOf(uri)) && !isInChart(folderOf(uri)));
  for (const uri of plain) {
    if (found.has(folderOf(uri))) continue;
    const text = Buffer.from(await workspace.fs.readFile(uri)).toString('utf8');
    if (/^apiVersion\s*:/m.test(text) && /^kind\s*:/m.test(text)) add(folderOf(uri), 'manifests');
  }
  return [...found.values()].sort((a, b) => (a.label < b.label ? -1 : 1));
}
