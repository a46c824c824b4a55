import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CommandContext } from '../../../client/src/commands/command.ts';
import { COMMANDS } from '../../../client/src/commands/commands.ts';
import { registerCommand } from '../../../client/src/commands/registerCommand.ts';

/** A context of an untrusted workspace in which every use of an engine or cluster would throw. */
function untrustedContext(log: string[]): CommandContext {
  const forbidden = new Proxy(
    {},
    {
      get: (_target, name) => {
        throw new Error(`An untrusted command reached for ${String(name)}.`);
      },
    },
  );
  const write = (text: string): void => void log.push(text);
  return {
    server: forbidden,
    target: forbidden,
    reviews: forbidden,
    failures: forbidden,
    memory: forbidden,
    log: { error: write, warn: write, info: write, debug: write, show: () => undefined },
    isTrusted: () => false,
    refresh: () => undefined,
    showRunning: () => {
      throw new Error('An untrusted command ran.');
    },
  } as unknown as CommandContext;
}

describe('an untrusted workspace', () => {
  it('refuses every command that builds, deploys or runs something, before it does anything', async () => {
    const dangerous = COMMANDS.filter(({ needsTrust }) => needsTrust);
    assert.ok(dangerous.length >= 8);
    for (const command of dangerous) {
      const log: string[] = [];
      const alias = { ...command, id: `slipway.suite.${command.id}` as const };
      const registration = registerCommand(alias, untrustedContext(log));
      try {
        await vscode.commands.executeCommand(alias.id, {
          application: 'orders',
          tag: '1.0.0',
          context: 'c',
          namespace: 'n',
        });
      } finally {
        registration.dispose();
      }
      assert.deepEqual(
        log.filter((line) => line.includes('not trusted')).length,
        1,
        `${command.id}: ${log.join('; ')}`,
      );
      assert.ok(!log.some((line) => line.includes('reached for')), log.join('; '));
    }
    await vscode.commands.executeCommand('notifications.clearAll');
  });
});
