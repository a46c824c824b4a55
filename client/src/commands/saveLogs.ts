import { Uri, window, workspace } from 'vscode';
import { askLog } from './askLog.ts';
import type { Command } from './command.ts';
import { orDismissed } from './orDismissed.ts';

/** Saves an open log as it is shown, filter included, to a file. */
export const saveLogs: Command = {
  id: 'slipway.saveLogs',
  needsTrust: false,
  async run(context, argument) {
    const { record, title } = await askLog(context, argument, 'Save Log');
    const given = (argument as { uri?: unknown } | null | undefined)?.uri;
    const [folder] = workspace.workspaceFolders ?? [];
    const proposal = `${title.replace(/[^\w.-]+/g, '-')}.log`;
    const uri =
      typeof given === 'string'
        ? Uri.parse(given)
        : orDismissed(
            await window.showSaveDialog({
              title,
              filters: { Logs: ['log', 'txt'] },
              ...(folder ? { defaultUri: Uri.joinPath(folder.uri, proposal) } : {}),
            }),
          );
    await workspace.fs.writeFile(uri, Buffer.from(record.text()));
  },
};
