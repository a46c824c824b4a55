import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { CompletionList } from 'vscode-languageserver/node';
import { type ClusterSchemasResult, clusterSchemasRequest } from '../../protocol/slipwayProtocol.ts';
import { FULL_CLIENT } from './fullClient.ts';
import { ServerUnderTest } from './serverUnderTest.ts';

/** One group as an API server describes it: a custom resource, and Deployments that know a field of tomorrow. */
const OBJECT = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' } };
const DOCUMENT = {
  openapi: '3.0.0',
  components: {
    schemas: {
      Cache: {
        type: 'object',
        properties: {
          ...OBJECT,
          spec: { type: 'object', required: ['size'], properties: { size: { type: 'integer' } } },
        },
        'x-kubernetes-group-version-kind': [{ group: 'shop.example', version: 'v1', kind: 'Cache' }],
      },
      Deployment: {
        type: 'object',
        properties: { ...OBJECT, spec: { type: 'object', properties: { ofTomorrow: { type: 'boolean' } } } },
        'x-kubernetes-group-version-kind': [{ group: 'apps', version: 'v1', kind: 'Deployment' }],
      },
    },
  },
};

describe('schemas of a cluster in the server', () => {
  let server: ServerUnderTest;
  before(async () => {
    server = await ServerUnderTest.start({ capabilities: FULL_CLIENT });
  });
  after(async () => {
    assert.equal(await server.stop(), 0);
  });

  const tell = (documents: readonly unknown[]): Promise<ClusterSchemasResult> =>
    server.connection.sendRequest(clusterSchemasRequest, { context: 'staging', documents });
  const offered = async (uri: string, line: number, character: number): Promise<string[]> => {
    const { items } = await server.connection.sendRequest<CompletionList>('textDocument/completion', {
      textDocument: { uri },
      position: { line, character },
    });
    return items.map(({ label }) => label);
  };

  it('check and complete what only the cluster knows, until it is forgotten', async () => {
    const cache = 'apiVersion: shop.example/v1\nkind: Cache\nmetadata: { name: a }\nspec:\n  size: large\n  \n';
    const uri = await server.open('cache.yaml', cache);
    const deployment = await server.open(
      'deployment.yaml',
      'apiVersion: apps/v1\nkind: Deployment\nspec:\n  ofTomorrow: true\n',
    );
    const unknown = (code: unknown): boolean => code === 'schema/unknown-field';
    await server.diagnosticsUntil(deployment, (found) => found.some(({ code }) => unknown(code)));
    assert.deepEqual(await offered(uri, 5, 2), []);

    assert.deepEqual(await tell([DOCUMENT, 'no document', null]), { kinds: 2 });
    await server.diagnosticsUntil(uri, (found) =>
      found.some(({ message }) => /`size`.*integer|integer/i.test(String(message))),
    );
    await server.diagnosticsUntil(deployment, (found) => !found.some(({ code }) => unknown(code)));
    const empty = await server.open('new.yaml', '');
    assert.ok((await offered(empty, 0, 0)).includes('Cache'));

    assert.deepEqual(await tell([]), { kinds: 0 });
    await server.diagnosticsUntil(deployment, (found) => found.some(({ code }) => unknown(code)));
    assert.ok(!(await offered(empty, 0, 0)).includes('Cache'));
  });
});
