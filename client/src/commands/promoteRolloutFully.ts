import { actOnRollout } from './actOnRollout.ts';
import type { Command } from './command.ts';

/** Lets an Argo Rollout skip all its remaining steps, pauses and analyses. */
export const promoteRolloutFully: Command = {
  id: 'slipway.promoteRolloutFully',
  needsTrust: true,
  run: (context, argument) => actOnRollout(context, argument, 'promote-fully', 'Promote Fully'),
};
