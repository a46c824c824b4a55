import { window } from 'vscode';
import { Failure } from '../cluster/failure.ts';
import { clusterArgument } from './clusterArgument.ts';
import type { Command } from './command.ts';
import { namespaceComplaint } from './namespaceComplaint.ts';
import { orDismissed } from './orDismissed.ts';

/** Shows a namespace by its name in a context where namespaces may not be listed; the name is remembered. */
export const showNamespace: Command = {
  id: 'slipway.showNamespace',
  needsTrust: true,
  async run({ target }, argument) {
    const { context = target.chosen?.context } = clusterArgument(argument);
    if (context === undefined) {
      throw new Failure('not-found', 'No context was named.', { advice: 'Choose a context first.' });
    }
    const namespace = orDismissed(
      await window.showInputBox({
        title: `Show a namespace of ${context}`,
        prompt: 'The name of the namespace. It is remembered for this workspace.',
        ignoreFocusOut: true,
        validateInput: namespaceComplaint,
      }),
    );
    await target.rememberNamespace(context, namespace);
  },
};
