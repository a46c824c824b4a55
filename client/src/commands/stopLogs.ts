import { askLog } from './askLog.ts';
import type { Command } from './command.ts';

/** Follows an open log no more; what was read stays. */
export const stopLogs: Command = {
  id: 'slipway.stopLogs',
  needsTrust: false,
  async run(context, argument) {
    context.logs.stop((await askLog(context, argument, 'Stop Following Log')).title);
  },
};
