import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { slipwayExtension } from './slipwayExtension.ts';

const CONTEXT = 'suite-helm';
const NAMESPACE = 'suite-releases';

/** What a helm answers that knows one release with two revisions of one ConfigMap. */
const release = (revision: number): string =>
  JSON.stringify({
    name: 'web',
    version: revision,
    info: { status: 'deployed' },
    manifest: `---\n# Source: shop/templates/a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  colour: of-${revision}\n`,
  });
const HISTORY = JSON.stringify([
  { revision: 1, updated: '2026-03-04T05:06:07Z', status: 'superseded', chart: 'shop-1.0.0', description: 'Install' },
  { revision: 2, updated: '2026-03-05T05:06:07Z', status: 'deployed', chart: 'shop-1.1.0', description: 'Upgrade' },
]);

describe('Helm releases', () => {
  let folder: string;
  const formerPath = process.env['PATH'];
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('slipway.cluster');

  before(async () => {
    await slipwayExtension().activate();
    folder = mkdtempSync(path.join(tmpdir(), 'slipway-suite-helm-'));
    for (const revision of [1, 2]) writeFileSync(path.join(folder, `status-${revision}`), release(revision));
    writeFileSync(path.join(folder, 'history'), HISTORY);
    const script = [
      '#!/bin/sh',
      `cd '${folder}'`,
      'echo "$*" >> calls',
      'case "$*" in',
      '  status*--revision\\ 1*) cat status-1 ;;',
      '  status*) cat status-2 ;;',
      '  history*) cat history ;;',
      'esac',
    ];
    writeFileSync(path.join(folder, 'helm'), `${script.join('\n')}\n`);
    chmodSync(path.join(folder, 'helm'), 0o755);
    process.env['PATH'] = `${folder}${path.delimiter}${formerPath}`;
  });
  beforeEach(() => writeFileSync(path.join(folder, 'calls'), ''));
  after(async () => {
    process.env['PATH'] = formerPath;
    await settings().update('protectedContexts', undefined, vscode.ConfigurationTarget.Workspace);
    rmSync(folder, { recursive: true });
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  const node = { context: CONTEXT, namespace: NAMESPACE, release: { name: 'web', revision: 1 } };
  const calls = (): string[] => readFileSync(path.join(folder, 'calls'), 'utf8').split('\n').filter(Boolean);
  const changes = (): string[] => calls().filter((call) => /^(?:rollback|uninstall|upgrade)/.test(call));
  const inPlace = `--namespace ${NAMESPACE} --kube-context ${CONTEXT}`;

  /** Runs a command; gives a question whether it has ended. */
  function start(command: string): () => boolean {
    let hasEnded = false;
    vscode.commands.executeCommand(command, node).then(() => {
      hasEnded = true;
    });
    return () => hasEnded;
  }
  const review = (): Promise<unknown> =>
    eventually('the diff that a mere Enter opens', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return vscode.window.tabGroups.activeTabGroup.tabs.some(({ input }) => input instanceof vscode.TabInputTextDiff);
    });
  const dismiss = (hasEnded: () => boolean): Promise<unknown> =>
    eventually('the command to end', async () => {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return hasEnded();
    });

  for (const command of ['slipway.helmRollback', 'slipway.helmUninstall']) {
    it(`${command} changes nothing when its review is dismissed`, async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const hasEnded = start(command);
      await review();
      await eventually('the live object in the diff', () =>
        vscode.workspace.textDocuments.some(
          (document) => document.uri.scheme === 'slipway-review' && document.getText().includes('colour: of-2'),
        ),
      );
      await dismiss(hasEnded);
      assert.deepEqual(changes(), []);
    });
  }

  it('go back to the revision of the node after a yes, in the context and namespace of the node', async () => {
    const hasEnded = start('slipway.helmRollback');
    await eventually('the yes to be taken', async () => {
      await vscode.commands.executeCommand('quickInput.first');
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return changes().length > 0;
    });
    await eventually('the command to end', hasEnded);
    assert.deepEqual(changes(), [`rollback web 1 ${inPlace}`]);
  });

  it('stay as they are in a protected context whose name is not typed', async () => {
    await settings().update('protectedContexts', ['suite-h*'], vscode.ConfigurationTarget.Workspace);
    const hasEnded = start('slipway.helmUninstall');
    await eventually('the release to be read', () => calls().some((call) => call.startsWith('status')));
    await eventually('the question for the name, which has no first line to take', async () => {
      try {
        await vscode.commands.executeCommand('quickInput.first');
      } catch {
        return true;
      }
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return false;
    });
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    assert.ok(!hasEnded(), 'the name is asked for');
    await dismiss(hasEnded);
    assert.deepEqual(changes(), []);
    await settings().update('protectedContexts', undefined, vscode.ConfigurationTarget.Workspace);
  });

  it('show their history on a page', async () => {
    await vscode.commands.executeCommand('slipway.helmHistory', node);
    assert.deepEqual(calls(), [`history web --output json ${inPlace}`]);
    await eventually('the page', () =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label.includes('web.history'))),
    );
  });
});
