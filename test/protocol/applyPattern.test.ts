import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { AnnotatedTextEdit, CreateFile, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import type { PagesResult } from '../../protocol/slipwayProtocol.ts';
import { FULL_CLIENT } from './fullClient.ts';
import { ServerUnderTest, until } from './serverUnderTest.ts';

const MANIFEST = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
spec:
  selector:
    matchLabels: { app: cart }
  template:
    metadata:
      labels: { app: cart }
    spec:
      containers:
        - name: web
          image: registry.example.com/cart:1.4.0
          ports: [{ name: http, containerPort: 8080 }]
---
apiVersion: v1
kind: Service
metadata:
  name: cart
spec:
  selector: { app: cart }
  ports: [{ name: http, port: 80, targetPort: http }]
`;

describe('what the commands of the editor ask for', () => {
  let server: ServerUnderTest;
  before(async () => {
    server = await ServerUnderTest.start({ capabilities: FULL_CLIENT, files: { 'cart.yaml': MANIFEST } });
    await until(
      () => server.progress.some(({ kind }) => kind === 'end'),
      () => 'The workspace was never read.',
    );
  });
  after(async () => {
    assert.equal(await server.stop(), 0);
  });

  const apply = (pattern: string, preview: boolean): Promise<WorkspaceEdit> =>
    server.connection.sendRequest('slipway/applyPattern', {
      pattern,
      workload: {
        uri: server.uri('cart.yaml'),
        range: { start: { line: 3, character: 8 }, end: { line: 3, character: 12 } },
      },
      preview,
    });

  it('is a change of which every part waits for a yes, where it is to be seen first', async () => {
    const patterns = await server.connection.sendRequest<{ id: string; applicable: boolean }[]>('slipway/patterns');
    let [edits, files] = [0, 0];
    for (const { id } of patterns.filter(({ applicable }) => applicable)) {
      const [plain, shown] = [await apply(id, false), await apply(id, true)];
      if (plain === null) continue;
      assert.equal(plain.changeAnnotations, undefined, id);
      const annotations = Object.entries(shown.changeAnnotations ?? {});
      assert.deepEqual(
        annotations.map(([, { needsConfirmation }]) => needsConfirmation),
        [true],
        id,
      );
      const [[name, { label }]] = annotations as [[string, { label: string }]];
      assert.match(label, /^Apply .+ to Deployment cart$/);
      for (const change of shown.documentChanges as (CreateFile | TextDocumentEdit)[]) {
        if ('kind' in change) {
          files++;
          assert.equal(change.annotationId, name, id);
        } else {
          for (const edit of change.edits as AnnotatedTextEdit[]) {
            edits++;
            assert.equal(edit.annotationId, name, id);
          }
        }
      }
    }
    assert.ok(edits > 5 && files > 5, `${edits} edits, ${files} files`);
  });

  it('has a page for each pattern, group and rule that it lists', async () => {
    const pages = await server.connection.sendRequest<PagesResult>('slipway/pages');
    const ids = pages.map(({ id }) => id);
    for (const id of ['canary', 'canary/subset-without-pods', 'pod-security', 'schema'])
      assert.ok(ids.includes(id), id);
    assert.equal(new Set(ids).size, ids.length);
    for (const { detail, id, title } of pages) {
      assert.ok(title !== '' && detail !== '', id);
      assert.ok(await server.connection.sendRequest('slipway/explain', { id }), `${id} has no page`);
    }
  });
});
