import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ClusterNode } from '../../../client/src/cluster/tree/clusterNode.ts';
import { eventually } from './eventually.ts';
import { FakeApiServer } from './fakeApiServer.ts';
import { openWorkspaceFile } from './openWorkspaceFile.ts';
import { slipwayExtension } from './slipwayExtension.ts';

const CONTEXT = 'suite-drift-cluster';
const NAMESPACE = 'suite-drift';

const deployment = (name: string, replicas: number): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: NAMESPACE },
  spec: { replicas },
});

const manifestOf = (name: string, replicas: number): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n  namespace: ${NAMESPACE}\nspec:\n  replicas: ${replicas}\n`;

describe('The workspace’s manifests in the Cluster view', () => {
  let server: FakeApiServer;
  let document: vscode.TextDocument;
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('slipway.cluster');

  before(async () => {
    await slipwayExtension().activate();
    server = new FakeApiServer();
    await server.start();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const kubeconfig = vscode.Uri.joinPath(folder!.uri, 'suite-drift-kubeconfig');
    const text = server.kubeconfig(CONTEXT);
    await vscode.workspace.fs.writeFile(kubeconfig, Buffer.from(text));
    await settings().update('kubeconfigs', [kubeconfig.fsPath], vscode.ConfigurationTarget.Workspace);
    await vscode.commands.executeCommand('slipway.deployHere', { context: CONTEXT, namespace: NAMESPACE });
    const address = JSON.parse(text).clusters[0].cluster.server as string;
    for (const live of [deployment('drifting', 5), deployment('left-over', 1)]) {
      const { name } = (live as { metadata: { name: string } }).metadata;
      await fetch(`${address}/apis/apps/v1/namespaces/${NAMESPACE}/deployments/${name}`, {
        method: 'PATCH',
        body: JSON.stringify(live),
      });
    }
    const manifest = [manifestOf('drifting', 2), manifestOf('absent', 1)].join('---\n');
    document = await openWorkspaceFile('suite/drift/all.yaml', manifest);
    server.writes.length = 0;
    server.requests.length = 0;
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await settings().update('kubeconfigs', undefined, vscode.ConfigurationTarget.Workspace);
    await server.stop();
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  async function open(...labels: string[]): Promise<readonly ClusterNode[]> {
    const api = await slipwayExtension().activate();
    let nodes = await api.cluster();
    for (const label of labels) {
      const node = nodes.find((each) => each.label === label);
      assert.ok(node, `no ${label} among ${nodes.map((each) => each.label).join(', ')}`);
      nodes = await api.cluster(node.id);
    }
    return nodes;
  }
  const told = async (): Promise<string> =>
    (await open(CONTEXT)).find(({ label }) => label === 'Workspace Manifests')?.description ?? '';

  it('are compared when they were chosen, and by nothing that is typed', async () => {
    await eventually('the context', async () => (await open()).find(({ label }) => label === CONTEXT));
    assert.equal(await told(), 'not compared');
    const paths = [vscode.Uri.joinPath(document.uri, '..').fsPath];
    await vscode.commands.executeCommand('slipway.chooseDriftSources', {
      context: CONTEXT,
      namespace: NAMESPACE,
      paths,
    });
    assert.equal(await told(), '1 drifted, 1 missing, 1 not in the manifests');
    assert.ok(
      server.writes.every(({ isDryRun }) => isDryRun),
      'nothing is written',
    );
    server.requests.length = 0;
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '# typed\n');
    await vscode.workspace.applyEdit(edit);
    assert.equal(await told(), '1 drifted, 1 missing, 1 not in the manifests');
    await document.save();
    await eventually('the comparison to be out of date', async () => /files were saved since/.test(await told()));
    assert.deepEqual(
      server.requests.filter((request) => request.includes('drifting')),
      [],
      'neither typing nor saving asks the cluster',
    );
    await vscode.commands.executeCommand('slipway.compareDrift', { context: CONTEXT });
    assert.equal(await told(), '1 drifted, 1 missing, 1 not in the manifests');
  });

  it('open the diff of what drifted, and the file of what is missing', async () => {
    const [drifting] = await open(CONTEXT, 'Workspace Manifests', 'Drifted');
    await vscode.commands.executeCommand(drifting!.command!.id, drifting!.argument);
    const diff = await eventually('the diff', () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(({ input }) => input instanceof vscode.TabInputTextDiff),
    );
    assert.equal(diff.label, `Deployment drifting (${CONTEXT} ↔ the files)`);
    const { modified, original } = diff.input as vscode.TabInputTextDiff;
    const texts = await Promise.all(
      [original, modified].map(async (uri) => (await vscode.workspace.openTextDocument(uri)).getText()),
    );
    assert.match(texts[0]!, /replicas: 5/);
    assert.match(texts[1]!, /replicas: 2/);
    const [absent] = await open(CONTEXT, 'Workspace Manifests', 'Missing');
    await vscode.commands.executeCommand(absent!.command!.id, absent!.argument);
    const editor = await eventually('the file', () =>
      vscode.window.visibleTextEditors.find((each) => each.document.uri.toString() === document.uri.toString()),
    );
    const second = editor.document.getText().lastIndexOf('apiVersion');
    assert.equal(editor.selection.start.line, editor.document.positionAt(second).line);
  });
});
