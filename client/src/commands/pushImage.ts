import { window } from 'vscode';
import { askApplication } from './askApplication.ts';
import { askImage } from './askImage.ts';
import type { Command } from './command.ts';
import { chosenEngine } from './deliveryParts.ts';
import { orDismissed } from './orDismissed.ts';
import { runDelivery } from './runDelivery.ts';

/** Pushes an image that the engine has. A version that the registry has already is never overwritten. */
export const pushImage: Command = {
  id: 'slipway.pushImage',
  needsTrust: true,
  async run(context, argument) {
    const application = await askApplication(context, argument, 'Push Image');
    const built = context.memory.get<string>(`slipway.built.${application.name}`);
    const isGiven = typeof (argument as { tag?: unknown; reference?: unknown } | undefined)?.reference === 'string';
    const usesBuilt =
      built !== undefined &&
      !isGiven &&
      orDismissed(
        await window.showQuickPick(
          [
            { label: built, description: 'built last', isLast: true },
            { label: '$(edit) Another image…', isLast: false },
          ],
          { title: `Push ${application.name}`, placeHolder: 'Which image?', ignoreFocusOut: true },
        ),
      ).isLast;
    const reference = usesBuilt ? built : await askImage(application, argument, `Push ${application.name}`);
    await runDelivery(context, { engine: chosenEngine(), push: { reference, overwrite: false } }, `Push ${reference}`);
  },
};
