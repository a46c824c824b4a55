import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserSession, openBrowserSession } from '../harness/vscode/browserSession.ts';
import { eventually } from '../harness/vscode/eventually.ts';
import { npmStart, type StartedVscode } from '../harness/vscode/npmStart.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const ACTS = ['Slipway: Build Image', 'Slipway: Push Image', 'Slipway: Deploy', 'Slipway: Ship'];

const STUCK_ROLLOUT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: basket
spec:
  selector:
    matchLabels: { app: basket }
  strategy:
    rollingUpdate:
      maxSurge: 0
      maxUnavailable: 0
  template:
    metadata:
      labels: { app: basket }
    spec:
      containers:
        - name: basket
          image: registry.example.com/basket:1.0.0
`;

/** Somebody else's folder, with a space and an umlaut in its name, opened by npm start without a word about trust. */
describe('a folder that is not trusted', function () {
  this.timeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), 'slipway-restricted-'));
  const workspace = join(folder, 'their wörk');
  let started: StartedVscode | undefined;
  let session: BrowserSession | undefined;
  const vscode = () => {
    assert.ok(session, 'a window is open');
    return session.window;
  };
  const statusBarSays = (text: string) =>
    eventually(
      `“${text}” in the status bar`,
      () => vscode().statusBar(),
      (items) => items.some((item) => item.includes(text)),
    );

  before(async () => {
    mkdirSync(workspace);
    writeFileSync(join(workspace, 'basket.yaml'), STUCK_ROLLOUT);
    writeFileSync(join(workspace, 'Dockerfile'), 'FROM registry.example.com/base:1.0.0\n');
    const profile = join(folder, 'profile');
    const parameters = ['--browser', '--port', '0', '--profile', profile, workspace, 'basket.yaml'];
    started = await npmStart(ROOT, parameters);
    session = await openBrowserSession(started.address);
  });

  after(async () => {
    await session?.close();
    await started?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is checked all the same', async () => {
    await vscode().waitForProblems('rolling/no-progress', (all) =>
      all.some(({ code, file }) => code === 'rolling/no-progress' && file === 'basket.yaml'),
    );
    await statusBarSays('Restricted Mode');
    await statusBarSays('Slipway: restricted');
  });

  it('is offered no command that builds, pushes or deploys', async () => {
    const offered = await vscode().offeredCommands('Slipway: ');
    assert.ok(offered.includes('Slipway: Show Log'), offered.join(', '));
    assert.deepEqual(
      offered.filter((title) => ACTS.includes(title)),
      [],
    );
    await vscode().screenshot('restricted-mode');
  });

  it('is offered them as soon as the person trusts it', async () => {
    await vscode().trustWorkspace();
    const offered = await eventually(
      'the commands of a trusted folder',
      () => vscode().offeredCommands('Slipway: '),
      (titles) => ACTS.every((title) => titles.includes(title)),
    );
    assert.ok(offered.includes('Slipway: Show Log'));
    await statusBarSays('Slipway: no context');
  });
});
