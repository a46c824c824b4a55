import { systemClock } from '../adapters/clock.ts';
import { describeText } from '../cluster/describeText.ts';
import { readDescription } from '../cluster/readDescription.ts';
import { chosenObject } from './clusterArgument.ts';
import type { Command } from './command.ts';
import { withCancel } from './withCluster.ts';

/** Shows what there is to know of an object: what is wrong, conditions, events, YAML. */
export const describeObject: Command = {
  id: 'slipway.describeObject',
  needsTrust: true,
  async run({ cluster, pages }, argument) {
    const { context, name, object } = chosenObject(argument);
    const described = await withCancel(`Describing ${name}`, (signal) =>
      readDescription(cluster.api(context), object, systemClock.now(), signal),
    );
    await pages.describe(context, object, describeText(described));
  },
};
