import { commands, Uri, window } from 'vscode';
import { Failure } from '../cluster/failure.ts';
import { rangeOf } from '../views/failureDiagnostics.ts';
import { clusterArgument } from './clusterArgument.ts';
import type { Command } from './command.ts';

/** Shows an object that was compared: what drifted as a diff, what is only in the cluster by its description, else its file. */
export const showDrift: Command = {
  id: 'slipway.showDrift',
  needsTrust: true,
  async run({ drift, pages, target }, argument) {
    const { drift: wanted } = clusterArgument(argument);
    const entry = wanted && target.chosen && drift.entry(target.chosen, wanted);
    if (!entry || !target.chosen) {
      throw new Failure('not-found', 'This object is not among what was compared last.', { advice: 'Compare again.' });
    }
    const { diff, name, namespace, type, written } = entry;
    if (diff && type) {
      const sides = [
        { context: target.chosen.context, text: diff.before },
        { context: 'the files', text: diff.after },
      ] as const;
      await pages.compare({ type, namespace, name }, ...sides, true);
      return;
    }
    if (!written) {
      await commands.executeCommand('slipway.describeObject', argument);
      return;
    }
    const { documentIndex, file } = written;
    await window.showTextDocument(Uri.file(file), { selection: await rangeOf({ file, documentIndex, path: [] }) });
  },
};
