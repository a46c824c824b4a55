import { commands, QuickPickItemKind, window } from 'vscode';
import type { PageNode } from '../../../protocol/slipwayProtocol.ts';
import { Failure } from '../cluster/failure.ts';
import { pageUri } from '../views/pageDocuments.ts';
import type { Command, CommandContext } from './command.ts';
import { orDismissed } from './orDismissed.ts';

/** Shows the page of a pattern or rule. `canary/subset-without-pods` as argument leads to that rule's section. */
export const explainPattern: Command = {
  id: 'slipway.explainPattern',
  needsTrust: false,
  async run(context, argument) {
    const named = typeof argument === 'string' ? argument : (argument as { pattern?: unknown } | null)?.pattern;
    const id = typeof named === 'string' ? named : await askPage(context);
    if (!(await context.server.explain(id))) throw new Failure('not-found', `Slipway has no page for ${id}.`);
    await commands.executeCommand('markdown.showPreview', pageUri(id));
  },
};

/** Asks among the patterns, the groups of rules, and all rules. */
async function askPage({ server }: CommandContext): Promise<string> {
  const pages = await server.pages();
  const [rules, owners] = [true, false].map((isRule) => pages.filter(({ id }) => id.includes('/') === isRule));
  const item = ({ detail, id, title }: PageNode) =>
    id.includes('/')
      ? { label: id, description: `${title}, ${detail}`, id }
      : { label: title, description: id, detail, id };
  const heading = (label: string) => ({ label, kind: QuickPickItemKind.Separator, id: '' });
  const choice = await window.showQuickPick(
    [heading('patterns and groups'), ...owners!.map(item), heading('rules'), ...rules!.map(item)],
    {
      title: 'Explain Pattern',
      placeHolder: 'Which pattern or rule?',
      matchOnDescription: true,
      matchOnDetail: true,
      ignoreFocusOut: true,
    },
  );
  return orDismissed(choice).id;
}
