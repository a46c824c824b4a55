import type { Command } from './command.ts';
import { askChartFolder, withHelm } from './withHelm.ts';

/** Fetches what a chart depends on, and writes its lock file. */
export const helmUpdateDependencies: Command = {
  id: 'slipway.helmUpdateDependencies',
  needsTrust: true,
  async run(context, argument) {
    const folder = await askChartFolder(argument, 'Update Dependencies');
    await withHelm(context, `helm dependency update ${folder}`, (helm, signal) =>
      helm.updateDependencies(folder, signal),
    );
  },
};
