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

  it('changes nothing before a yes, and nothing after a no', async () => {
    const api = await slipwayExtension().activate();
    const document = await openWorkspaceFile('suite/preview.yaml', DEPLOYMENT);
    await eventually('the catalog', async () => (await api.patterns()).length > 0);
    for (const answer of ['discard', 'apply'] as const) {
      let hasEnded = false;
      const command = vscode.commands.executeCommand('slipway.applyPattern', argument).then(() => {
        hasEnded = true;
      });
      // The preview takes its answer once it is drawn.
      await eventually('the end of the command', async () => {
        if (!hasEnded) assert.equal(document.getText(), DEPLOYMENT);
        await vscode.commands.executeCommand(`refactorPreview.${answer}`);
        return hasEnded;
      });
      await command;
      if (answer === 'discard') assert.equal(document.getText(), DEPLOYMENT);
      else assert.match(document.getText(), /resources:\n +requests:/);
    }
  });
});
