import type { Command } from './command.ts';

/** Shows what Slipway did and why. */
export const showLog: Command = {
  id: 'slipway.showLog',
  needsTrust: false,
  run: async ({ log }) => log.show(),
};
