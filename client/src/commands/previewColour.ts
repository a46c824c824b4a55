import { commands } from 'vscode';
import { Failure } from '../cluster/failure.ts';
import { wellKnownTypes } from '../cluster/resourceType.ts';
import { readColourPair, switchObstacle } from '../delivery/progressive/blueGreen.ts';
import { askColourPair } from './askColourPair.ts';
import { askTarget } from './askTarget.ts';
import type { Command } from './command.ts';
import { withCluster } from './withCluster.ts';

/** Leads a port of this machine to the side of a blue-green pair that gets no traffic yet, so that it can be tested. */
export const previewColour: Command = {
  id: 'slipway.previewColour',
  needsTrust: true,
  async run(context, argument) {
    const { object } = await askColourPair(context, argument, 'Preview Blue-Green');
    const service = object.metadata.name;
    const place = await askTarget(context, undefined, `Preview Service ${service}`, object.metadata.namespace);
    const where = `Service ${place.namespace}/${service} on ${place.context}`;
    const { pair } = await withCluster(context, place.context, `Reading ${where}`, (api, signal) =>
      readColourPair(api, place.namespace, service, signal),
    );
    const { name } = pair.idle.workload.metadata;
    if ((pair.idle.workload.status?.availableReplicas ?? 0) === 0) {
      throw new Failure('conflict', `There is nothing to preview: Deployment ${name} has no available pod.`, {
        advice: 'Prepare it first.',
      });
    }
    const obstacle = switchObstacle(pair);
    if (obstacle) context.log.warn(`${where} could not be switched yet. ${obstacle}`);
    const preview = { type: wellKnownTypes.deployments, namespace: place.namespace, name };
    await commands.executeCommand('slipway.forwardPort', { context: place.context, object: preview });
  },
};
