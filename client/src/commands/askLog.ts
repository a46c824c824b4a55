import { window } from 'vscode';
import { Failure } from '../cluster/failure.ts';
import type { OpenLog } from '../views/openLogs.ts';
import type { CommandContext } from './command.ts';
import { orDismissed } from './orDismissed.ts';

/** One of the logs that are open; where there is one only, it is meant. */
export async function askLog({ logs }: CommandContext, argument: unknown, purpose: string): Promise<OpenLog> {
  const open = logs.list();
  const given = (argument as { title?: unknown } | null | undefined)?.title;
  const named = open.find(({ title }) => title === given) ?? (open.length === 1 ? open[0] : undefined);
  if (named) return named;
  if (open.length === 0) {
    throw new Failure('not-found', 'No log is open.', { advice: 'Open one from the Cluster view.' });
  }
  const items = open.map((log) => ({ label: log.title, description: log.isFollowed ? 'followed' : '', log }));
  return orDismissed(await window.showQuickPick(items, { title: purpose, placeHolder: 'Which log?' })).log;
}
