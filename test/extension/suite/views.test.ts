import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ViewItem } from '../../../client/src/views/viewItem.ts';
import { eventually } from './eventually.ts';
import { openWorkspaceFile } from './openWorkspaceFile.ts';
import { slipwayExtension } from './slipwayExtension.ts';

const PAIR = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: suite-view
spec:
  selector:
    matchLabels: { app: suite-view }
  strategy:
    rollingUpdate:
      maxSurge: SURGE
      maxUnavailable: 0
  template:
    metadata:
      labels: { app: suite-view }
    spec:
      containers:
        - name: view
          image: registry.example.com/view:1.0.0
          readinessProbe:
            httpGet: { path: /ready, port: 8080 }
`;

describe('the views', () => {
  it('list patterns by category, with participants at their lines and a state in words', async () => {
    const api = await slipwayExtension().activate();
    const document = await openWorkspaceFile('suite/view.yaml', PAIR.replace('SURGE', '1'));
    const instance = async (): Promise<ViewItem | undefined> => {
      const rolling = (await api.patterns()).flatMap(({ children }) => children).find(({ id }) => id === 'rolling');
      return rolling?.children.find(({ label }) => label.includes('suite-view'));
    };
    await eventually('the rolling update', async () => (await instance())?.description === 'complete');
    const complete = await instance();
    const workload = complete?.children.find(({ description }) => description === 'workload');
    assert.equal(workload?.label, 'Deployment suite-view');
    assert.equal(workload.location?.uri, document.uri.toString());
    assert.equal(document.lineAt(workload.location.range.start.line).text.trim(), 'rollingUpdate:');
    assert.equal(complete?.icon?.name, 'pass');

    await openWorkspaceFile('suite/view.yaml', PAIR.replace('SURGE', '0'));
    await eventually('the faulty pattern', async () => (await instance())?.description === 'faulty');
    const faulty = await instance();
    assert.equal(faulty?.icon?.name, 'error');
    assert.ok(
      faulty.children.some(({ description, location }) => description === 'error' && location),
      JSON.stringify(faulty),
    );
  });

  it('list each application with six stages', async () => {
    const api = await slipwayExtension().activate();
    await openWorkspaceFile('suite/app/Dockerfile', 'FROM scratch\nCOPY . /\nUSER 1000\n');
    const application = async (): Promise<ViewItem | undefined> =>
      (await api.pipeline()).find(({ label }) => label === 'app');
    await eventually('the application', async () => (await application()) !== undefined);
    const stages = (await application())?.children ?? [];
    assert.deepEqual(
      stages.map(({ id, description }) => [id, description]),
      [
        ['develop', 'missing'],
        ['build', 'missing'],
        ['containerize', 'found'],
        ['push', 'missing'],
        ['deploy', 'missing'],
        ['integrate', 'missing'],
      ],
    );
    const contributed = JSON.stringify(slipwayExtension().packageJSON.contributes.menus['view/item/context']);
    for (const { contextValue, id } of stages) {
      const isCovered =
        contributed.includes(`viewItem == ${contextValue}`) ||
        (contributed.includes('(develop|build)') && ['develop', 'build'].includes(id));
      assert.ok(isCovered, `${contextValue} has no command`);
    }
  });

  it('open in the side bar', async () => {
    await vscode.commands.executeCommand('slipway.patterns.focus');
    await vscode.commands.executeCommand('slipway.pipeline.focus');
  });
});
