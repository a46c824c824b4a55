import { askCanary } from './askCanary.ts';
import type { Command } from './command.ts';
import { moveCanary } from './moveCanary.ts';

/** Takes all traffic from a canary, in its file or in the cluster. */
export const abortCanary: Command = {
  id: 'slipway.abortCanary',
  needsTrust: true,
  run: async (context, argument) => moveCanary(context, await askCanary(argument, 'Abort Canary'), 'abort'),
};
