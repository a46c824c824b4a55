import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ClusterNode } from '../../../client/src/cluster/tree/clusterNode.ts';
import { eventually } from './eventually.ts';
import { FakeApiServer } from './fakeApiServer.ts';
import { slipwayExtension } from './slipwayExtension.ts';

const CONTEXT = 'suite-view-cluster';
const NAMESPACE = 'suite-view';
const DEPLOYMENTS = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`;

describe('The Cluster view', () => {
  let server: FakeApiServer;
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('slipway.cluster');

  before(async () => {
    await slipwayExtension().activate();
    server = new FakeApiServer();
    await server.start();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const kubeconfig = vscode.Uri.joinPath(folder!.uri, 'suite-view-kubeconfig');
    const text = server.kubeconfig(CONTEXT);
    await vscode.workspace.fs.writeFile(kubeconfig, Buffer.from(text));
    await settings().update('kubeconfigs', [kubeconfig.fsPath], vscode.ConfigurationTarget.Workspace);
    await vscode.commands.executeCommand('slipway.deployHere', { context: CONTEXT, namespace: NAMESPACE });
    const address = JSON.parse(text).clusters[0].cluster.server as string;
    await fetch(`${address}${DEPLOYMENTS}/cart`, {
      method: 'PATCH',
      body: JSON.stringify({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'cart', namespace: NAMESPACE },
        spec: { replicas: 2 },
      }),
    });
    server.writes.length = 0;
    server.requests.length = 0;
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
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

  it('shows the contexts of the kubeconfigs in the side bar, and asks no cluster by itself', async () => {
    await vscode.commands.executeCommand('slipway.cluster.focus');
    const context = await eventually('the context', async () => (await open()).find(({ label }) => label === CONTEXT));
    assert.match(context.description, /target of this workspace/);
    assert.deepEqual(server.requests, []);
  });

  it('shows the chosen namespace with its workloads, one list for each kind', async () => {
    // Nothing is followed before the editor says that the view is there to be seen.
    await eventually('the namespace', async () => (await open(CONTEXT)).some(({ label }) => label === NAMESPACE));
    const workloads = await open(CONTEXT, NAMESPACE, 'Workloads');
    assert.deepEqual(
      workloads.map(({ description, label }) => `${label}: ${description}`),
      ['cart: Deployment · 0 of 2 ready, no progress'],
    );
    const asked = (): number => server.requests.filter((request) => request === `GET ${DEPLOYMENTS}`).length;
    await eventually('the watch after the list', () => asked() >= 2);
    assert.equal(asked(), 2, 'one list and one watch');
  });

  it('has a command in a menu for every word that a node carries', async () => {
    const [cart] = await open(CONTEXT, NAMESPACE, 'Workloads');
    const menus = slipwayExtension().packageJSON.contributes.menus['view/item/context'] as {
      command: string;
      when: string;
    }[];
    const shown = menus.filter(({ when }) => {
      const word = /^view == slipway\.cluster && viewItem =~ \/(.+)\/$/.exec(when)?.[1];
      return word !== undefined && new RegExp(word).test(cart?.contextValue ?? '');
    });
    const commands = new Set(shown.map(({ command }) => command));
    for (const command of ['showLogs', 'forwardPort', 'describeObject', 'openYaml', 'scaleWorkload', 'restartWorkload'])
      assert.ok(commands.has(`slipway.${command}`), command);
    assert.ok(commands.has('slipway.rollBack') && commands.has('slipway.deleteObject'));
    assert.ok(!commands.has('slipway.cordonNode'));
  });

  it('copies a name, and describes an object on a page', async () => {
    const [cart] = await open(CONTEXT, NAMESPACE, 'Workloads');
    await vscode.commands.executeCommand('slipway.copyName', cart?.argument);
    assert.equal(await vscode.env.clipboard.readText(), 'cart');
    await vscode.commands.executeCommand('slipway.describeObject', cart?.argument);
    await eventually('the page', () =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label.includes('cart.md'))),
    );
  });

  it('changes nothing when the review of an edit is dismissed, and keeps what was typed', async () => {
    const [cart] = await open(CONTEXT, NAMESPACE, 'Workloads');
    await vscode.commands.executeCommand('slipway.openYaml', cart?.argument);
    const document = await eventually('the YAML', () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'slipway-object'),
    );
    const at = document.getText().indexOf('replicas: 2');
    assert.ok(at > 0, document.getText());
    const edit = new vscode.WorkspaceEdit();
    const end = document.positionAt(at + 'replicas: 2'.length);
    edit.replace(document.uri, new vscode.Range(document.positionAt(at), end), 'replicas: 3');
    await vscode.workspace.applyEdit(edit);
    let isSettled = false;
    const saved = document.save().then((isSaved) => {
      isSettled = true;
      return isSaved;
    });
    await eventually('the dry run', () => server.writes.some(({ isDryRun }) => isDryRun));
    await eventually('the question to go', async () => {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return isSettled;
    });
    assert.equal(await saved, false);
    assert.ok(document.isDirty && document.getText().includes('replicas: 3'));
    assert.deepEqual(
      server.writes.filter(({ isDryRun }) => !isDryRun),
      [],
    );
  });
});
