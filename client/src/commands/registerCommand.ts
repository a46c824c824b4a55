import { commands, type Disposable, window } from 'vscode';
import { Failure } from '../cluster/failure.ts';
import { failureText } from '../delivery/deliveryLogLines.ts';
import type { Command, CommandContext } from './command.ts';

/**
 * Registers a command behind the border at which faults are caught: what failed in the world is told with what can be
 * done, our own bug with where to read more, and a dismissed question ends the command without a word.
 */
export function registerCommand(command: Command, context: CommandContext): Disposable {
  return commands.registerCommand(command.id, async (argument: unknown) => {
    try {
      if (command.needsTrust && !context.isTrusted()) {
        throw new Failure(
          'untrusted',
          'This workspace is not trusted, so Slipway builds, deploys and runs nothing in it.',
          {
            advice: 'Trust the workspace to use this command.',
          },
        );
      }
      await command.run(context, argumentOf(argument));
    } catch (error) {
      await tell(command, context, error);
    }
  });
}

/** A menu of a view gives the view's element; what the command is to get stands in its item. */
function argumentOf(given: unknown): unknown {
  const item = (given as { item?: { argument?: unknown } } | null | undefined)?.item;
  return item === undefined ? given : item.argument;
}

async function tell(command: Command, { log }: CommandContext, error: unknown): Promise<void> {
  if (error instanceof Failure) {
    if (error.kind === 'cancelled') return;
    log.error(failureText(error.report));
    const message = [error.report.message, error.report.advice].filter((text) => text !== '').join(' ');
    const trust = error.kind === 'untrusted' ? ['Manage Workspace Trust'] : [];
    offer(window.showErrorMessage(message, ...trust, 'Show Log'), log, command);
    return;
  }
  log.error(`${command.id} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  offer(
    window.showErrorMessage(`Slipway could not finish this command because of a fault of its own.`, 'Show Log'),
    log,
    command,
  );
}

/** The answer to a message may come much later, or never; the command has ended by then. */
function offer(answer: Thenable<string | undefined>, log: CommandContext['log'], command: Command): void {
  answer.then(
    async (choice) => {
      if (choice === 'Show Log') log.show();
      if (choice === 'Manage Workspace Trust') await commands.executeCommand('workbench.trust.manage');
    },
    (error: unknown) => log.error(`${command.id}: ${String(error)}`),
  );
}
