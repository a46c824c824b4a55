import { env, window } from 'vscode';
import { Failure } from '../cluster/failure.ts';
import type { Command } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { withHelm } from './withHelm.ts';

/** Searches all chart repositories; a chosen chart goes to the clipboard as an entry of `dependencies`. */
export const helmSearch: Command = {
  id: 'slipway.helmSearch',
  needsTrust: true,
  async run(context) {
    const title = 'Search Helm Charts';
    const words = orDismissed(await window.showInputBox({ title, prompt: 'A name, or a word of the description' }));
    const { charts, repositories } = await withHelm(context, `helm search repo ${words}`, async (helm, signal) => ({
      repositories: await helm.repositories(signal),
      charts: await helm.search(words, true, signal),
    }));
    if (charts.length === 0) throw new Failure('not-found', `No repository of Helm offers a chart for ${words}.`);
    const items = charts.map((chart) => ({
      label: chart.name,
      description: `${chart.version}${chart.appVersion ? ` (application ${chart.appVersion})` : ''}`,
      detail: chart.description,
      chart,
    }));
    const { chart } = orDismissed(
      await window.showQuickPick(items, { title, placeHolder: 'Copy which as a dependency?', matchOnDetail: true }),
    );
    const [repository = '', name = ''] = chart.name.split('/');
    const url = repositories.find((each) => each.name === repository)?.url ?? `@${repository}`;
    await env.clipboard.writeText(`- name: ${name}\n  version: ${chart.version}\n  repository: ${url}\n`);
    window.setStatusBarMessage(`${chart.name} ${chart.version} is in the clipboard, for Chart.yaml.`, 5_000);
  },
};
