import { askDriftSources } from './askDriftSources.ts';
import { askTarget } from './askTarget.ts';
import type { Command } from './command.ts';
import { compareDrift } from './compareDrift.ts';

/** Asks what of this workspace is compared with its target, and compares it. */
export const chooseDriftSources: Command = {
  id: 'slipway.chooseDriftSources',
  needsTrust: true,
  async run(context, argument) {
    const target = await askTarget(context, argument, 'Choose What Is Compared');
    await askDriftSources(context, target, argument);
    await compareDrift.run(context, target);
  },
};
