import { Failure } from '../cluster/failure.ts';
import { repositoryText } from '../delivery/imageReference.ts';
import { containerTestsOf, manifestsOf, namespaceOf, namespacesInWords } from './applicationFiles.ts';
import { askApplication } from './askApplication.ts';
import { askBuild } from './askBuild.ts';
import { askImage } from './askImage.ts';
import { askProtection } from './askProtection.ts';
import { askTarget } from './askTarget.ts';
import type { Command } from './command.ts';
import { chosenEngine, documentsForImage, watchOptions } from './deliveryParts.ts';
import { runDelivery } from './runDelivery.ts';

/** The whole way of one application: build → test → push → review → apply → watch, with the pushed digest deployed. */
export const shipApplication: Command = {
  id: 'slipway.ship',
  needsTrust: true,
  async run(context, argument) {
    const application = await askApplication(context, argument, 'Ship');
    const manifests = await manifestsOf(application);
    if (manifests.length === 0) {
      throw new Failure('not-found', `No manifest of this workspace runs an image named ${application.name}.`, {
        advice: 'Add a workload that runs it, then ship again.',
      });
    }
    const reference = await askImage(application, argument, `Ship ${application.name}`);
    const build = await askBuild(context, application, reference, argument, `Ship ${application.name}`);
    const documents = await documentsForImage(manifests, reference, `Ship ${application.name}`);
    const target = await askTarget(context, argument, `Ship ${application.name}`, namespaceOf(documents));
    const title = `Ship ${reference} to ${target.context}, ${namespacesInWords(documents, target.namespace)}`;
    const protection = await askProtection(context, target.context, title);
    await runDelivery(
      context,
      {
        engine: chosenEngine(),
        build,
        containerTests: await containerTestsOf(application),
        push: { reference, overwrite: false },
        deploy: {
          ...target,
          documents,
          images: [{ repository: repositoryText(reference), reference, pinDigest: true }],
          ...protection,
          watch: watchOptions(),
        },
      },
      title,
    );
  },
};
