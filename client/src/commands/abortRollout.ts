import { actOnRollout } from './actOnRollout.ts';
import type { Command } from './command.ts';

/** Lets an Argo Rollout go back to the version that was stable before. */
export const abortRollout: Command = {
  id: 'slipway.abortRollout',
  needsTrust: true,
  run: (context, argument) => actOnRollout(context, argument, 'abort', 'Abort'),
};
