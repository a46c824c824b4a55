import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { openWorkspaceFile } from './openWorkspaceFile.ts';
import { slipwayExtension } from './slipwayExtension.ts';

const SHIPPED = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: suite-apply
  namespace: suite
spec:
  replicas: 2
  selector:
    matchLabels: { app: suite-apply }
  template:
    metadata:
      labels: { app: suite-apply }
    spec:
      containers:
        - name: apply
          image: registry.example.com/apply:1.0.0
          ports:
            - name: http
              containerPort: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: suite-apply
  namespace: suite
spec:
  selector: { app: suite-apply }
  ports:
    - name: http
      port: 80
      targetPort: http
`;

describe('Apply Pattern', () => {
  it('is one edit that one undo takes back', async () => {
    const api = await slipwayExtension().activate();
    const document = await openWorkspaceFile('suite/apply.yaml', SHIPPED);
    const before = await vscode.workspace.findFiles('suite/**');
    const applicable = async (): Promise<string[]> =>
      (await api.patterns())
        .flatMap(({ children }) => children)
        .filter(({ contextValue }) => contextValue === 'pattern.applicable')
        .map(({ id }) => id);
    await eventually('a pattern that can be applied', async () => (await applicable()).length > 0);
    const workload = { kind: 'Deployment', name: 'suite-apply' };
    await vscode.commands.executeCommand('slipway.applyPattern', { pattern: 'circuit-breaker', workload });
    const after = await vscode.workspace.findFiles('suite/**');
    const created = after.filter((uri) => !before.some((known) => known.toString() === uri.toString()));
    const isEdited = document.getText() !== SHIPPED;
    assert.ok(created.length > 0 || isEdited, 'the command changed nothing');
    const texts = [
      document.getText(),
      ...(await Promise.all(created.map(async (uri) => (await vscode.workspace.openTextDocument(uri)).getText()))),
    ];
    assert.match(texts.join('\n'), /outlierDetection/);

    const changed = vscode.window.activeTextEditor?.document;
    assert.ok(changed, 'the changed file is shown');
    await vscode.commands.executeCommand('undo');
    await eventually('everything to be as before', async () => {
      const left = await vscode.workspace.findFiles('suite/**');
      return document.getText() === SHIPPED && left.length === before.length;
    });
  });
});
