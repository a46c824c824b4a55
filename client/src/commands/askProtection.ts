import { window } from 'vscode';
import { protectingPattern } from '../cluster/protectedContext.ts';
import type { CommandContext } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { protectingPatterns } from './protectingPatterns.ts';

/** What an intent says of a protected context. */
export interface Protection {
  readonly protectedContexts: readonly string[];
  readonly confirmedContext?: string;
}

/** Lets the name of a protected context be typed before it is changed; an unprotected one is not asked about. */
export async function askProtection(
  { server }: Pick<CommandContext, 'server'>,
  context: string,
  act: string,
): Promise<Protection> {
  const protectedContexts = await protectingPatterns(server);
  const pattern = protectingPattern(context, protectedContexts);
  if (pattern === undefined) return { protectedContexts };
  const confirmedContext = orDismissed(
    await window.showInputBox({
      title: act,
      prompt: `${context} is protected by the pattern ${pattern}. Type its name to go on.`,
      placeHolder: context,
      ignoreFocusOut: true,
      validateInput: (typed) => (typed === context ? undefined : `Type ${context} to go on, or press Escape.`),
    }),
  );
  return { protectedContexts, confirmedContext };
}
