import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { ApplyWorkspaceEditParams } from 'vscode-languageserver/node';
import { applyChanges } from './applyChanges.ts';
import { FULL_CLIENT } from './fullClient.ts';
import { ServerUnderTest, until } from './serverUnderTest.ts';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
spec:
  replicas: 2
  strategy:
    rollingUpdate: { maxSurge: 1, maxUnavailable: 0 }
  selector:
    matchLabels: { app: cart }
  template:
    metadata:
      labels: { app: cart }
    spec:
      containers:
        - name: web
          image: registry.example.com/cart:1.4.0
`;

interface Answer {
  readonly output?: { findings: { rule: string; file: string }[]; total: number; written: boolean; diff: string };
  readonly refused?: string;
}

describe('the tools of an assistant in an editor', () => {
  let server: ServerUnderTest;
  let uri: string;
  const applied: ApplyWorkspaceEditParams[] = [];
  let accepts = true;

  before(async () => {
    server = await ServerUnderTest.start({ capabilities: FULL_CLIENT, files: { 'deploy/cart.yaml': DEPLOYMENT } });
    server.connection.onRequest('workspace/applyEdit', (params: ApplyWorkspaceEditParams) => {
      applied.push(params);
      return { applied: accepts };
    });
    uri = await server.open('deploy/cart.yaml', DEPLOYMENT);
    await until(
      () => server.progress.some(({ kind }) => kind === 'end'),
      () => 'The workspace was never read.',
    );
  });
  after(async () => {
    assert.equal(await server.stop(), 0);
  });

  const use = (tool: string, input: unknown): Promise<Answer> =>
    server.connection.sendRequest('slipway/assistantTool', { tool, input });

  it('see what is typed, and not what is saved', async () => {
    assert.ok(!(await use('check', {})).output!.findings.some(({ rule }) => rule === 'rolling/no-progress'));
    const typed = DEPLOYMENT.replace('maxSurge: 1', 'maxSurge: 0');
    await server.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: typed }],
    });
    const { findings } = (await use('check', { paths: ['deploy'], severity: 'error' })).output!;
    assert.deepEqual(
      findings.map(({ file, rule }) => `${file} ${rule}`),
      ['deploy/cart.yaml rolling/no-progress'],
    );
    const strict = (await use('check', { profile: 'strict' })).output!;
    assert.ok(strict.total > findings.length);
    await server.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 3 },
      contentChanges: [{ text: DEPLOYMENT }],
    });
  });

  it('write by one edit of the editor, and only when they are told to', async () => {
    const input = { pattern: 'requests-limits', workload: 'cart' };
    const shown = (await use('apply', input)).output!;
    assert.equal(shown.written, false);
    assert.equal(applied.length, 0);
    assert.equal((await use('apply', { ...input, write: true })).output!.written, true);
    const [change] = applied.splice(0);
    assert.ok(change);
    const text = applyChanges(change.edit, uri, DEPLOYMENT);
    assert.match(text, /resources:\n +requests:/);
    for (const line of shown.diff.split('\n').filter((each) => /^\+[^+]/.test(each)))
      assert.ok(text.includes(line.slice(1)));
    accepts = false;
    assert.match((await use('apply', { ...input, write: true })).refused!, /Nothing was written/);
  });

  it('refuse in words what cannot be followed', async () => {
    assert.match((await use('check', { paths: ['../elsewhere'] })).refused!, /lies outside of the workspace/);
    assert.match((await use('check', { paths: ['/etc/passwd'] })).refused!, /lies outside of the workspace/);
    assert.match((await use('check', { paths: ['nothing'] })).refused!, /knows no file/);
    assert.match((await use('check', { limit: 'all' })).refused!, /limit must be integer/);
    assert.match((await use('explain', { id: 'canari' })).refused!, /'canary'/);
    assert.match((await use('explain', null)).refused!, /must be object/);
    assert.match((await use('delete', {})).refused!, /There is no tool/);
  });
});
