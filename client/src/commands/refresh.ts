import type { Command } from './command.ts';

/** Draws all views again. */
export const refresh: Command = {
  id: 'slipway.refresh',
  needsTrust: false,
  run: async (context) => context.refresh(),
};
