import { relative } from 'node:path';
import { window } from 'vscode';
import type { ChartFolder } from '../adapters/chartFolder.ts';
import type { ChosenTarget } from '../adapters/clusterTarget.ts';
import type { ReleaseRequest } from '../delivery/release/helmEngine.ts';
import type { CommandContext } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { valuesKey } from './previewChart.ts';

/**
 * The release that a chart is deployed as: its name and values files are what the argument says, else what the person
 * answers. The answers of the last time, and of the preview, are proposed.
 */
export async function askRelease(
  { memory }: Pick<CommandContext, 'memory'>,
  chart: ChartFolder,
  target: ChosenTarget,
  argument: unknown,
): Promise<ReleaseRequest> {
  const { release, values } = (argument as { release?: unknown; values?: unknown } | null | undefined) ?? {};
  const title = `Deploy ${chart.name} to ${target.context}, namespace ${target.namespace}`;
  const nameKey = `releaseName ${chart.folder} ${target.context} ${target.namespace}`;
  const name = typeof release === 'string' ? release : await askName(title, memory.get<string>(nameKey) ?? chart.name);
  const valuesFiles = Array.isArray(values) ? values.map(String) : await askValues({ memory }, chart, title);
  await memory.update(nameKey, name);
  return { ...target, name, chartFolder: chart.folder, valuesFiles };
}

async function askName(title: string, proposed: string): Promise<string> {
  return orDismissed(
    await window.showInputBox({
      title,
      prompt: 'The name of the release. One that is there is upgraded, another one is installed.',
      value: proposed,
      ignoreFocusOut: true,
      validateInput: (text) =>
        /^[a-z0-9](?:[-a-z0-9]{0,51}[a-z0-9])?$/.test(text)
          ? undefined
          : 'A release is a name of lowercase letters, digits and hyphens, at most 53.',
    }),
  );
}

async function askValues(
  { memory }: Pick<CommandContext, 'memory'>,
  chart: ChartFolder,
  title: string,
): Promise<readonly string[]> {
  if (chart.valuesFiles.length === 0) return [];
  const before = memory.get<readonly string[]>(valuesKey(chart), []);
  const picked = orDismissed(
    await window.showQuickPick(
      chart.valuesFiles.map((path) => ({ label: relative(chart.folder, path), path, picked: before.includes(path) })),
      { title, canPickMany: true, placeHolder: 'Which values files on top of values.yaml?', ignoreFocusOut: true },
    ),
  );
  const paths = picked.map(({ path }) => path);
  await memory.update(valuesKey(chart), paths);
  return paths;
}
