import { window } from 'vscode';
import type { ChosenTarget } from '../adapters/clusterTarget.ts';
import { Failure } from '../cluster/failure.ts';
import { protectingPattern } from '../cluster/protectedContext.ts';
import type { CommandContext } from './command.ts';
import { namespaceComplaint } from './namespaceComplaint.ts';
import { orDismissed } from './orDismissed.ts';
import { protectingPatterns } from './protectingPatterns.ts';

/**
 * The context and namespace of a command: what the argument or this workspace's own choice says, else what the person
 * answers. The kubeconfig's current context is a proposal, never an answer. `knownNamespace` is what the objects themselves
 * name: it is not asked for.
 */
export async function askTarget(
  context: CommandContext,
  argument: unknown,
  purpose: string,
  knownNamespace?: string,
): Promise<ChosenTarget> {
  const given = (argument as { context?: unknown; namespace?: unknown } | null | undefined) ?? {};
  const { contexts } = context.target.contexts();
  if (typeof given.context === 'string' && typeof given.namespace === 'string') {
    return { context: given.context, namespace: given.namespace };
  }
  const { chosen } = context.target;
  if (chosen && contexts.some(({ name }) => name === chosen.context)) {
    return { context: chosen.context, namespace: knownNamespace ?? chosen.namespace };
  }
  return chooseTarget(context, purpose, knownNamespace);
}

/** Asks for context and namespace even where they were chosen before, and keeps the answer for this workspace. */
export async function chooseTarget(
  { log, server, target }: CommandContext,
  purpose: string,
  knownNamespace?: string,
): Promise<ChosenTarget> {
  const { contexts, problems } = target.contexts();
  for (const problem of problems) log.warn(problem);
  if (contexts.length === 0) {
    throw new Failure('not-found', `No kubeconfig offers a context (looked at ${target.files.join(', ')}).`, {
      said: problems[0] ?? '',
      advice: 'Set KUBECONFIG, or slipway.cluster.kubeconfigs.',
    });
  }
  const patterns = await protectingPatterns(server);
  const isChosen = (name: string): boolean => name === target.chosen?.context;
  const ordered = [...contexts].sort(
    (a, b) => Number(isChosen(b.name)) - Number(isChosen(a.name)) || Number(b.current) - Number(a.current),
  );
  const context = orDismissed(
    await window.showQuickPick(
      ordered.map(({ current, name, namespace, server }) => {
        const guard = protectingPattern(name, patterns);
        const notes = [current ? 'current context of kubectl' : '', guard === undefined ? '' : `protected by ${guard}`];
        return { label: name, description: notes.filter(Boolean).join(', '), detail: server, namespace };
      }),
      { title: purpose, placeHolder: 'Which context?', matchOnDetail: true, ignoreFocusOut: true },
    ),
  );
  const proposed = isChosen(context.label) ? target.chosen?.namespace : undefined;
  const namespace = knownNamespace ?? (await askNamespace(context.label, proposed ?? context.namespace, purpose));
  const choice = { context: context.label, namespace };
  await target.choose(choice);
  return choice;
}

async function askNamespace(context: string, proposed: string, purpose: string): Promise<string> {
  return orDismissed(
    await window.showInputBox({
      title: purpose,
      prompt: `The namespace in ${context}, for objects that name none`,
      value: proposed,
      ignoreFocusOut: true,
      validateInput: namespaceComplaint,
    }),
  );
}
