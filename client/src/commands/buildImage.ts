import { containerTestsOf } from './applicationFiles.ts';
import { askApplication } from './askApplication.ts';
import { askBuild } from './askBuild.ts';
import { askImage } from './askImage.ts';
import type { Command } from './command.ts';
import { chosenEngine } from './deliveryParts.ts';
import { runDelivery } from './runDelivery.ts';

/** Builds an application's image and runs the container tests that stand beside its Dockerfile. */
export const buildImage: Command = {
  id: 'slipway.buildImage',
  needsTrust: true,
  async run(context, argument) {
    const application = await askApplication(context, argument, 'Build Image');
    const reference = await askImage(application, argument, `Build ${application.name}`);
    const build = await askBuild(context, application, reference, argument, `Build ${application.name}`);
    const containerTests = await containerTestsOf(application);
    const intent = { engine: chosenEngine(), build, containerTests };
    await context.memory.update(`slipway.built.${application.name}`, reference);
    await runDelivery(context, intent, `Build ${reference}`);
  },
};
