import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../../client/src/commands/commands.ts';
import { slipwayExtension } from './slipwayExtension.ts';

interface Contributed {
  readonly commands: readonly {
    readonly command: string;
    readonly title: string;
    readonly category: string;
    readonly enablement?: string;
  }[];
  readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
  readonly configuration: readonly {
    readonly properties: Readonly<Record<string, { readonly markdownDescription?: string }>>;
  }[];
}

describe('what package.json contributes', () => {
  const contributes = (): Contributed => slipwayExtension().packageJSON.contributes;

  it('names exactly the commands that are registered', async () => {
    await slipwayExtension().activate();
    const contributed = contributes()
      .commands.map(({ command }) => command)
      .sort();
    const registered = (await vscode.commands.getCommands(true)).filter(
      (id) => id.startsWith('slipway.') && !/^slipway\.(?:patterns|pipeline|cluster|terraformPlan)\./.test(id),
    );
    assert.deepEqual(registered.sort(), contributed);
    assert.deepEqual(COMMANDS.map(({ id }) => id).sort(), contributed);
  });

  it('disables in an untrusted workspace what the command itself refuses there', () => {
    for (const { command, enablement } of contributes().commands) {
      const needsTrust = COMMANDS.find(({ id }) => id === command)?.needsTrust;
      assert.equal(enablement === 'isWorkspaceTrusted', needsTrust, command);
    }
  });

  it('puts only its own commands into menus', () => {
    const known = new Set(contributes().commands.map(({ command }) => command));
    for (const [menu, items] of Object.entries(contributes().menus)) {
      for (const { command } of items) assert.ok(known.has(command), `${menu}: ${command}`);
    }
  });

  it('describes every setting', () => {
    for (const { properties } of contributes().configuration) {
      for (const [name, { markdownDescription }] of Object.entries(properties)) {
        assert.ok(name.startsWith('slipway.') && (markdownDescription ?? '') !== '', name);
      }
    }
  });

  it('declares limited support of untrusted workspaces and restricts what could reach out of them', () => {
    const { untrustedWorkspaces } = slipwayExtension().packageJSON.capabilities;
    assert.equal(untrustedWorkspaces.supported, 'limited');
    const settings = contributes().configuration.flatMap(({ properties }) => Object.keys(properties));
    const reaching = settings.filter((name) =>
      /kubeconfigs|engine$|registry$|protectedContexts|undoFailedRollouts|prometheus$/.test(name),
    );
    assert.deepEqual([...untrustedWorkspaces.restrictedConfigurations].sort(), reaching.sort());
  });
});
