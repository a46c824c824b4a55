import { window } from 'vscode';
import type { PatternNode } from '../../../protocol/slipwayProtocol.ts';
import type { CommandContext } from './command.ts';
import { orDismissed } from './orDismissed.ts';

/** Asks for a pattern of the catalog, unless a view or key binding names it. */
export async function askPattern(
  { server }: CommandContext,
  argument: unknown,
  purpose: string,
  isOffered: (pattern: PatternNode) => boolean,
): Promise<PatternNode> {
  const patterns = (await server.patterns()).filter(isOffered);
  const id = typeof argument === 'string' ? argument : (argument as { pattern?: unknown } | null | undefined)?.pattern;
  const named = patterns.find((pattern) => pattern.id === id);
  if (named) return named;
  const choice = await window.showQuickPick(
    patterns.map((pattern) => ({
      label: pattern.title,
      description: pattern.category,
      detail: pattern.summary,
      pattern,
    })),
    {
      title: purpose,
      placeHolder: 'Which pattern?',
      matchOnDescription: true,
      matchOnDetail: true,
      ignoreFocusOut: true,
    },
  );
  return orDismissed(choice).pattern;
}
