import { commands } from 'vscode';
import { Failure } from '../cluster/failure.ts';
import { pageUri } from '../views/pageDocuments.ts';
import { askPattern } from './askPattern.ts';
import type { Command } from './command.ts';

/** Shows the page of a pattern or rule. `canary/subset-without-pods` as argument leads to that rule's section. */
export const explainPattern: Command = {
  id: 'slipway.explainPattern',
  needsTrust: false,
  async run(context, argument) {
    const isRule = typeof argument === 'string' && argument.includes('/');
    const id = isRule ? argument : (await askPattern(context, argument, 'Explain Pattern', () => true)).id;
    if (!(await context.server.explain(id))) throw new Failure('not-found', `Slipway has no page for ${id}.`);
    await commands.executeCommand('markdown.showPreview', pageUri(id));
  },
};
