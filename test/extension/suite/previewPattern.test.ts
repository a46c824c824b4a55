import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { openWorkspaceFile } from './openWorkspaceFile.ts';
import { slipwayExtension } from './slipwayExtension.ts';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: suite-preview
spec:
  selector:
    matchLabels: { app: suite-preview }
  template:
    metadata:
      labels: { app: suite-preview }
    spec:
      containers:
        - name: web
          image: registry.example.com/preview:1.0.0
`;

describe('Apply Pattern with a preview', () => {
  const argument = {
    pattern: 'requests-limits',
    workload: { kind: 'Deployment', name: 'suite-preview' },
    preview: true,
  };

  const previews = (): readonly vscode.Tab[] =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ label }) => label.startsWith('Requests and limits for Deployment suite-preview'));

  it('shows the change, changes nothing before a yes, and nothing after a no', async () => {
    const api = await slipwayExtension().activate();
    const document = await openWorkspaceFile('suite/preview.yaml', DEPLOYMENT);
    await eventually('the catalog', async () => (await api.patterns()).length > 0);
    for (const [answer, changes] of [
      ['workbench.action.closeQuickOpen', false],
      ['workbench.action.acceptSelectedQuickOpenItem', true],
    ] as const) {
      let hasEnded = false;
      const command = vscode.commands.executeCommand('slipway.applyPattern', argument).then(() => {
        hasEnded = true;
      });
      await eventually('the comparison', () => previews().length === 1);
      assert.equal(document.getText(), DEPLOYMENT);
      // The question takes its answer once it is drawn.
      await eventually('the end of the command', async () => {
        await vscode.commands.executeCommand(answer);
        return hasEnded;
      });
      await command;
      if (changes) assert.match(document.getText(), /resources:\n +requests:/);
      else assert.equal(document.getText(), DEPLOYMENT);
      assert.equal(previews().length, 0, 'the comparison is closed');
    }
  });
});
