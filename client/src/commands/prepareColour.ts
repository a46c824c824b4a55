import { Uri, window } from 'vscode';
import { slipwaySettings } from '../adapters/slipwaySettings.ts';
import { Failure } from '../cluster/failure.ts';
import { objectPath, wellKnownTypes } from '../cluster/resourceType.ts';
import { faultOfImageReference } from '../delivery/imageReference.ts';
import { preparationPatch, preparedContainer, readColourPair } from '../delivery/progressive/blueGreen.ts';
import { askColourPair } from './askColourPair.ts';
import { askPlaceOfChange } from './askPlaceOfChange.ts';
import { askProtection } from './askProtection.ts';
import { askTarget } from './askTarget.ts';
import type { Command } from './command.ts';
import { editManifests } from './editManifest.ts';
import { orDismissed } from './orDismissed.ts';
import { runDelivery } from './runDelivery.ts';
import { withCluster } from './withCluster.ts';

/** Brings a new image to the side of a blue-green pair that gets no traffic, with as many pods as the other side has. */
export const prepareColour: Command = {
  id: 'slipway.prepareColour',
  needsTrust: true,
  async run(context, argument) {
    const { deployments, object, pair: written } = await askColourPair(context, argument, 'Prepare Blue-Green');
    const idle = written.idle.workload;
    const title = `Prepare Deployment ${idle.metadata.name}`;
    const containers = idle.spec?.template?.spec.containers ?? [];
    const at = preparedContainer(containers, idle);
    const image = orDismissed(
      await window.showInputBox({
        title,
        prompt: `The image of container ${containers[at]?.name ?? ''} of ${idle.metadata.name}`,
        value: containers[at]?.image ?? '',
        ignoreFocusOut: true,
        validateInput: faultOfImageReference,
      }),
    );
    if ((await askPlaceOfChange(title)) === 'files') {
      const document = deployments.find((each) => each.object === idle)!;
      const path = ['spec', 'template', 'spec', 'containers', at, 'image'];
      const { documentIndex, file } = document;
      const replicas = written.active.workload.spec?.replicas;
      const size = replicas === undefined ? [] : [{ documentIndex, path: ['spec', 'replicas'], value: replicas }];
      await editManifests([{ uri: Uri.file(file), changes: [{ documentIndex, path, value: image }, ...size] }]);
      return;
    }
    const place = await askTarget(context, undefined, title, object.metadata.namespace ?? idle.metadata.namespace);
    const where = `${title} in ${place.namespace} on ${place.context}`;
    const protection = await askProtection(context, place.context, where);
    const workload = await withCluster(context, place.context, where, async (api, signal) => {
      const { pair } = await readColourPair(api, place.namespace, object.metadata.name, signal);
      const live = pair.idle.workload.metadata.name;
      if (live !== idle.metadata.name) {
        throw new Failure(
          'conflict',
          `In ${place.context}, Service ${object.metadata.name} chooses ${pair.active.value}: ${live} is idle there.`,
        );
      }
      const path = objectPath(wellKnownTypes.deployments, place.namespace, live);
      await api.patch(path, preparationPatch(pair, image), { type: 'json' }, signal);
      return { kind: 'Deployment', namespace: place.namespace, name: live };
    });
    const timeoutMilliseconds = slipwaySettings.rolloutTimeoutMilliseconds();
    await runDelivery(
      context,
      { rollout: { context: place.context, workload, timeoutMilliseconds, ...protection } },
      where,
    );
  },
};
