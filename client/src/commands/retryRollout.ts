import { actOnRollout } from './actOnRollout.ts';
import type { Command } from './command.ts';

/** Starts an aborted Argo Rollout again. */
export const retryRollout: Command = {
  id: 'slipway.retryRollout',
  needsTrust: true,
  run: (context, argument) => actOnRollout(context, argument, 'retry', 'Retry'),
};
