import { slipwaySettings } from '../adapters/slipwaySettings.ts';
import { askWorkload } from './askWorkload.ts';
import type { Command } from './command.ts';
import { runDelivery } from './runDelivery.ts';

/** Watches the rollout of a workload until it is done or has failed. */
export const watchRollout: Command = {
  id: 'slipway.watchRollout',
  needsTrust: true,
  async run(context, argument) {
    const chosen = await askWorkload(context, argument, 'Watch Rollout');
    const { kind, name, namespace } = chosen.workload;
    const rollout = { ...chosen, timeoutMilliseconds: slipwaySettings.rolloutTimeoutMilliseconds() };
    await runDelivery(context, { rollout }, `Watch ${kind} ${namespace}/${name} on ${chosen.context}`);
  },
};
