import { askCanary } from './askCanary.ts';
import type { Command } from './command.ts';
import { moveCanary } from './moveCanary.ts';

/** Gives a canary its next share of the traffic, in its file or in the cluster. The first step starts it. */
export const promoteCanary: Command = {
  id: 'slipway.promoteCanary',
  needsTrust: true,
  run: async (context, argument) => moveCanary(context, await askCanary(argument, 'Promote Canary'), 'promote'),
};
