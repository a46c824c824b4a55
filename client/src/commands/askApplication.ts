import { Uri, window } from 'vscode';
import type { ApplicationNode } from '../../../protocol/slipwayProtocol.ts';
import { Failure } from '../cluster/failure.ts';
import type { CommandContext } from './command.ts';
import { orDismissed } from './orDismissed.ts';

/** The application that an argument of a view, a file or the person names. */
export async function askApplication(
  { server }: CommandContext,
  argument: unknown,
  purpose: string,
): Promise<ApplicationNode> {
  const applications = await server.pipeline();
  if (applications.length === 0) {
    throw new Failure('not-found', 'No folder of this workspace has a Dockerfile.', {
      advice: 'Add a Dockerfile to the folder of the application.',
    });
  }
  const named = applicationOf(argument, applications);
  if (named) return named;
  const active = window.activeTextEditor?.document.uri;
  const [first, ...others] = applications;
  if (first && others.length === 0) return first;
  const isActive = ({ folder }: ApplicationNode): boolean => active?.toString().startsWith(`${folder}/`) ?? false;
  const ordered = [...applications].sort((a, b) => Number(isActive(b)) - Number(isActive(a)));
  const choice = await window.showQuickPick(
    ordered.map((application) => ({
      label: application.name,
      description: Uri.parse(application.folder).fsPath,
      application,
    })),
    { title: purpose, placeHolder: 'Which application?', ignoreFocusOut: true },
  );
  return orDismissed(choice).application;
}

/** A view gives `{ folder }`, the explorer a URI, a key binding `{ application: 'orders' }`. */
function applicationOf(argument: unknown, applications: readonly ApplicationNode[]): ApplicationNode | undefined {
  if (argument instanceof Uri) {
    const uri = argument.toString();
    return applications.find(({ dockerfile, folder }) => uri === dockerfile || uri === folder);
  }
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { application, folder } = argument as Record<string, unknown>;
  return applications.find((known) => known.folder === folder || known.name === application);
}
