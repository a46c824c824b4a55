import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { FakeApiServer } from './fakeApiServer.ts';
import { openWorkspaceFile } from './openWorkspaceFile.ts';
import { slipwayExtension } from './slipwayExtension.ts';

const ROUTE = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: suite-cart
spec:
  rules:
    - backendRefs:
        - { name: cart-v1, port: 80, weight: 100 } # what runs
        - { name: cart-v2, port: 80, weight: 0 }
`;

const ROLLOUT = `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata:
  name: suite-cart
spec:
  strategy:
    canary:
      trafficRouting:
        plugins:
          argoproj-labs/gatewayAPI: { httpRoute: suite-cart }
`;

describe('A canary of the Gateway API in the editor', () => {
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('slipway.delivery');

  before(async () => {
    await slipwayExtension().activate();
    await settings().update('placeOfChange', 'files', vscode.ConfigurationTarget.Workspace);
  });
  after(async () => {
    await settings().update('placeOfChange', undefined, vscode.ConfigurationTarget.Workspace);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('gets its next share in the file, and is left to a Rollout that keeps it', async () => {
    const document = await openWorkspaceFile('suite/gateway/route.yaml', ROUTE);
    const uri = document.uri.toString();
    await vscode.commands.executeCommand('slipway.promoteCanary', { uri });
    const promoted = ROUTE.replace('weight: 100', 'weight: 95').replace('weight: 0', 'weight: 5');
    assert.equal(document.getText(), promoted);
    await vscode.commands.executeCommand('slipway.abortCanary', { uri });
    assert.equal(document.getText(), ROUTE);
    const rollout = vscode.Uri.joinPath(document.uri, '../rollout.yaml');
    await vscode.workspace.fs.writeFile(rollout, Buffer.from(ROLLOUT));
    await vscode.commands.executeCommand('slipway.promoteCanary', { uri });
    assert.equal(document.getText(), ROUTE, 'its controller would take the change back');
  });
});

const CONTEXT = 'suite-argo-cluster';
const NAMESPACE = 'suite-argo';

describe('The diff of an Argo CD application in the editor', () => {
  let server: FakeApiServer;
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('slipway.cluster');
  const root = (): vscode.Uri => vscode.workspace.workspaceFolders![0]!.uri;

  before(async () => {
    await slipwayExtension().activate();
    server = new FakeApiServer();
    await server.start();
    const kubeconfig = vscode.Uri.joinPath(root(), 'suite-argo-kubeconfig');
    const text = server.kubeconfig(CONTEXT);
    await vscode.workspace.fs.writeFile(kubeconfig, Buffer.from(text));
    await settings().update('kubeconfigs', [kubeconfig.fsPath], vscode.ConfigurationTarget.Workspace);
    const address = JSON.parse(text).clusters[0].cluster.server as string;
    const put = (path: string, object: object): Promise<unknown> =>
      fetch(`${address}${path}`, { method: 'PATCH', body: JSON.stringify(object) });
    await put(`/apis/argoproj.io/v1alpha1/namespaces/${NAMESPACE}/applications/shop`, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'shop', namespace: NAMESPACE },
      spec: {
        source: { repoURL: 'https://git.example.com/suite/shop.git', path: 'suite/argo' },
        destination: { server: 'https://kubernetes.default.svc', namespace: NAMESPACE },
      },
    });
    await put(`/api/v1/namespaces/${NAMESPACE}/configmaps/colours`, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'colours', namespace: NAMESPACE },
      data: { colour: 'red' },
    });
    const git = (...words: string[]): unknown => execFileSync('git', words, { cwd: root().fsPath });
    git('init', '--quiet');
    git('remote', 'add', 'origin', 'git@git.example.com:suite/shop.git');
    const file = vscode.Uri.joinPath(root(), 'suite/argo/colours.yaml');
    const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: colours }\ndata: { colour: green }\n';
    await vscode.workspace.fs.writeFile(file, Buffer.from(manifest));
    server.writes.length = 0;
  });
  after(async () => {
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(root(), '.git'), { recursive: true });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await settings().update('kubeconfigs', undefined, vscode.ConfigurationTarget.Workspace);
    await server.stop();
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('shows the live objects against the files of the workspace, and writes nothing', async () => {
    const type = { group: 'argoproj.io', version: 'v1alpha1', kind: 'Application', plural: 'applications' };
    const object = { type: { ...type, namespaced: true, verbs: [] }, namespace: NAMESPACE, name: 'shop' };
    await vscode.commands.executeCommand('slipway.diffApplication', { context: CONTEXT, namespace: NAMESPACE, object });
    const diff = await eventually('the diff', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(({ input, label }) => input instanceof vscode.TabInputTextDiff && label.includes('its source'));
    });
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    assert.equal(diff.label, `ConfigMap colours (${CONTEXT} ↔ its source)`);
    const { modified, original } = diff.input as vscode.TabInputTextDiff;
    const texts = await Promise.all(
      [original, modified].map(async (uri) => (await vscode.workspace.openTextDocument(uri)).getText()),
    );
    assert.match(texts[0]!, /colour: red/);
    assert.match(texts[1]!, /colour: green/);
    assert.ok(
      server.writes.every(({ isDryRun }) => isDryRun),
      'nothing is written',
    );
  });
});
