import { window } from 'vscode';
import { faultOfImageReference } from '../delivery/imageReference.ts';
import type { CommandContext } from './command.ts';
import { orDismissed } from './orDismissed.ts';

/** An image that exists: what an argument names, what was last built here, what manifests run, or what the person types. */
export async function askImageReference(
  { memory, server }: Pick<CommandContext, 'memory' | 'server'>,
  argument: unknown,
  title: string,
): Promise<string> {
  const given = (argument as { reference?: unknown } | null | undefined)?.reference;
  if (typeof given === 'string' && faultOfImageReference(given) === undefined) return given;
  const applications = await server.pipeline();
  const built = applications.flatMap(({ name }) => memory.get<string>(`slipway.built.${name}`) ?? []);
  const run = applications.flatMap(({ images }) => images);
  const known = [...new Set([...built, ...run])];
  const other = { label: '$(edit) Another image…', reference: undefined };
  const items = known.map((reference) => ({
    label: reference,
    description: built.includes(reference) ? 'built here' : 'in the manifests',
    reference,
  }));
  const choice =
    items.length === 0
      ? other
      : orDismissed(
          await window.showQuickPick([...items, other], { title, placeHolder: 'Which image?', ignoreFocusOut: true }),
        );
  if (choice.reference !== undefined) return choice.reference;
  const prompt = 'The image, with its tag or digest';
  return orDismissed(
    await window.showInputBox({ title, prompt, ignoreFocusOut: true, validateInput: faultOfImageReference }),
  );
}
