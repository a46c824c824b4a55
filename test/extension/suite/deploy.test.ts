import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { FakeApiServer } from './fakeApiServer.ts';
import { openWorkspaceFile } from './openWorkspaceFile.ts';
import { slipwayExtension } from './slipwayExtension.ts';

const CONTEXT = 'suite-cluster';
const NAMESPACE = 'suite-deploy';
const MANIFEST = `apiVersion: v1
kind: ConfigMap
metadata:
  name: suite-settings
data:
  colour: blue
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: suite-stuck
spec:
  progressDeadlineSeconds: 60
  selector:
    matchLabels: { app: suite-stuck }
  template:
    metadata:
      labels: { app: suite-stuck }
    spec:
      containers:
        - name: stuck
          image: registry.example.com/stuck:1.0.0
`;

describe('Deploy', () => {
  let server: FakeApiServer;
  let document: vscode.TextDocument;
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('slipway.cluster');

  before(async () => {
    await slipwayExtension().activate();
    server = new FakeApiServer();
    await server.start();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const kubeconfig = vscode.Uri.joinPath(folder!.uri, 'suite-kubeconfig');
    await vscode.workspace.fs.writeFile(kubeconfig, Buffer.from(server.kubeconfig(CONTEXT)));
    await settings().update('kubeconfigs', [kubeconfig.fsPath], vscode.ConfigurationTarget.Workspace);
    document = await openWorkspaceFile('suite/deploy.yaml', MANIFEST);
  });
  beforeEach(() => {
    server.writes.length = 0;
    server.requests.length = 0;
  });
  after(async () => {
    await settings().update('kubeconfigs', undefined, vscode.ConfigurationTarget.Workspace);
    await settings().update('protectedContexts', undefined, vscode.ConfigurationTarget.Workspace);
    await server.stop();
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  const deploy = (): Thenable<unknown> =>
    vscode.commands.executeCommand('slipway.deploy', {
      uri: document.uri.toString(),
      context: CONTEXT,
      namespace: NAMESPACE,
    });
  const isSettled = async (command: Thenable<unknown>): Promise<boolean> => {
    let settled = false;
    command.then(() => {
      settled = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    return settled;
  };
  const openDiffs = (): vscode.Tab[] =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === 'slipway-review');
  const said = (): vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(document.uri).filter(({ code }) => code === 'rollout');

  it('writes nothing when the review is dismissed', async () => {
    const command = deploy();
    await eventually('the dry run of both documents', () => server.writes.length === 2);
    await eventually('the command to end without a yes', async () => {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return isSettled(command);
    });
    assert.deepEqual(
      server.writes.filter(({ isDryRun }) => !isDryRun),
      [],
    );
  });

  it('applies after a yes, and shows a rollout that fails on the line of the manifest', async () => {
    const command = deploy();
    await eventually('the dry run of both documents', () => server.writes.length === 2);
    await eventually('the diff that a mere Enter opens', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return openDiffs().length > 0;
    });
    assert.equal(server.writes.length, 2, 'a mere Enter applies nothing');
    await eventually('the yes to be taken', async () => {
      await vscode.commands.executeCommand('quickInput.first');
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return server.writes.length > 2;
    });
    await command;
    await eventually('the diff of the review to be closed', () => openDiffs().length === 0);
    const written = server.writes.filter(({ isDryRun }) => !isDryRun).map(({ path }) => path);
    assert.deepEqual(written, [
      `/api/v1/namespaces/${NAMESPACE}/configmaps/suite-settings`,
      `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/suite-stuck`,
    ]);
    const [diagnostic] = await eventually('the failed rollout as a diagnostic', () => said().length > 0 && said());
    assert.match(diagnostic!.message, /DeadlineExceeded/);
    assert.equal(document.lineAt(diagnostic!.range.start.line).text.trim(), 'progressDeadlineSeconds: 60');
  });

  it('watches what was deployed before, and says again why it failed', async () => {
    const workload = { kind: 'Deployment', name: 'suite-stuck', namespace: NAMESPACE };
    await vscode.commands.executeCommand('slipway.watchRollout', { context: CONTEXT, namespace: NAMESPACE, workload });
    assert.deepEqual(server.writes, [], 'watching writes nothing');
    const [diagnostic] = said();
    assert.match(diagnostic?.message ?? '', /made no progress for 60 seconds/);
  });

  it('ships nothing to the cluster when the container engine does not answer', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const app = vscode.Uri.joinPath(folder!.uri, 'suite/shipped');
    await vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(app, 'Dockerfile'),
      Buffer.from('FROM scratch\nUSER 1000\n'),
    );
    const runs = MANIFEST.replaceAll('suite-stuck', 'suite-shipped').replace(
      'example.com/stuck',
      'example.com/shipped',
    );
    const manifest = vscode.Uri.joinPath(folder!.uri, 'suite/shipped-deploy/all.yaml');
    await vscode.workspace.fs.writeFile(manifest, Buffer.from(runs));
    const images = vscode.workspace.getConfiguration('slipway.images');
    await images.update('engine', 'unix:///nowhere/engine.sock', vscode.ConfigurationTarget.Workspace);
    const api = await slipwayExtension().activate();
    await eventually('the application with its manifest', async () =>
      (await api.pipeline()).some(({ children, label }) => label === 'shipped' && children[4]?.description === 'found'),
    );
    try {
      await vscode.commands.executeCommand('slipway.ship', {
        application: 'shipped',
        tag: '1.0.1',
        context: CONTEXT,
        namespace: NAMESPACE,
      });
    } finally {
      await images.update('engine', undefined, vscode.ConfigurationTarget.Workspace);
    }
    assert.deepEqual(server.requests, []);
  });

  it('asks for the name of a protected context before it asks the cluster anything', async () => {
    await settings().update('protectedContexts', ['suite-*'], vscode.ConfigurationTarget.Workspace);
    const command = deploy();
    await eventually('the command to end without the name', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return isSettled(command);
    });
    assert.deepEqual(server.requests, []);
  });
});
