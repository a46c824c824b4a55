import { window } from 'vscode';
import type { Command } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { withHelm } from './withHelm.ts';

/** Adds a chart repository under a name. */
export const helmAddRepository: Command = {
  id: 'slipway.helmAddRepository',
  needsTrust: true,
  async run(context) {
    const title = 'Add Helm Repository';
    const isAddress = (text: string) => (/^https?:\/\/[^\s/]+/.test(text) ? undefined : 'Write https://host/path.');
    const isName = (text: string) => (/^[\w.-]+$/.test(text) ? undefined : 'Letters, digits, dots and hyphens.');
    const url = orDismissed(
      await window.showInputBox({ title, prompt: 'Its address', ignoreFocusOut: true, validateInput: isAddress }),
    );
    const prompt = `The name of ${url} in charts and searches`;
    const name = orDismissed(await window.showInputBox({ title, prompt, ignoreFocusOut: true, validateInput: isName }));
    await withHelm(context, `helm repo add ${name} ${url}`, (helm, signal) => helm.addRepository(name, url, signal));
  },
};
