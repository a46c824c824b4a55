import { actOnRollout } from './actOnRollout.ts';
import type { Command } from './command.ts';

/** Lets an Argo Rollout go on past its pause, or past the step that it is at. */
export const promoteRollout: Command = {
  id: 'slipway.promoteRollout',
  needsTrust: true,
  run: (context, argument) => actOnRollout(context, argument, 'promote', 'Promote'),
};
