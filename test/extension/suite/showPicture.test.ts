import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { openWorkspaceFile } from './openWorkspaceFile.ts';
import { slipwayExtension } from './slipwayExtension.ts';

const RULE = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: suite-picture }
spec:
  host: suite-picture
  trafficPolicy:
    outlierDetection: { consecutive5xxErrors: 7 }
`;

const panels = (): readonly vscode.Tab[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('slipway.picture'));

describe('Show Picture of a Pattern', () => {
  it('opens one panel, and uses it again for another pattern', async () => {
    const api = await slipwayExtension().activate();
    await openWorkspaceFile('suite/picture.yaml', RULE);
    await eventually('the breaker', async () =>
      (await api.patterns()).some(({ children }) =>
        children.some(
          ({ children: uses, id }) => id === 'circuit-breaker' && uses.some(({ label }) => label === 'suite-picture'),
        ),
      ),
    );
    await vscode.commands.executeCommand('slipway.showPicture', { pattern: 'circuit-breaker', use: 'suite-picture' });
    await eventually('the panel', async () => panels().length === 1);
    assert.equal(panels()[0]?.label, 'Picture: Circuit breaker');
    const used = (await api.patterns())
      .flatMap(({ children }) => children)
      .find(({ children, id }) => id !== 'circuit-breaker' && children.length > 0);
    if (used) {
      await vscode.commands.executeCommand('slipway.showPicture', { pattern: used.id });
      await eventually('the other title', async () => panels()[0]?.label === `Picture: ${used.label}`);
      assert.equal(panels().length, 1);
    }
    await vscode.window.tabGroups.close(panels());
  });
});
