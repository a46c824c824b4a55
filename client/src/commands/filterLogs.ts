import { window } from 'vscode';
import { logFilter } from '../cluster/logs/logLine.ts';
import { askLog } from './askLog.ts';
import type { Command } from './command.ts';
import { orDismissed } from './orDismissed.ts';

/** Shows only the lines of an open log that something is found in. */
export const filterLogs: Command = {
  id: 'slipway.filterLogs',
  needsTrust: false,
  async run(context, argument) {
    const { record, title } = await askLog(context, argument, 'Filter Log');
    const given = (argument as { filter?: unknown } | null | undefined)?.filter;
    const filter =
      typeof given === 'string'
        ? given
        : orDismissed(
            await window.showInputBox({
              title,
              prompt: 'Lines with this text. /expression/ is a regular expression, ! before it turns it round.',
              value: record.view.filter,
              validateInput: complaintOf,
            }),
          );
    context.logs.show(title, { filter });
  },
};

function complaintOf(filter: string): string | undefined {
  try {
    logFilter(filter);
    return undefined;
  } catch (error) {
    return error instanceof SyntaxError ? error.message : String(error);
  }
}
