import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, it } from 'mocha';
import type { ClientCapabilities, WorkspaceDiagnosticReport } from 'vscode-languageserver/node';
import { ServerUnderTest, until } from './serverUnderTest.ts';

const PULLING: ClientCapabilities = {
  workspace: {
    workspaceFolders: true,
    diagnostics: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  textDocument: {
    diagnostic: { relatedInformation: true, codeDescriptionSupport: true, dataSupport: true },
  },
};

const PUSHED: ClientCapabilities = {
  workspace: { workspaceFolders: true },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true },
  },
};

const BROKEN = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: "cart\n';
const SOUND = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: cart\n';

describe('diagnostics over stdio', () => {
  let server: ServerUnderTest;
  afterEach(() => server.kill());

  it('are pulled by a client that can, with a result id that stays while nothing changes', async () => {
    server = await ServerUnderTest.start({ capabilities: PULLING });
    const { connection } = server;
    const uri = await server.open('service.yaml', BROKEN);
    const [problem] = await server.diagnosticsUntil(uri, (items) => items.length > 0);
    assert.equal(problem?.severity, 1);
    assert.match(String(problem?.code), /^syntax\//);
    assert.equal(problem?.source, 'slipway');
    assert.match(problem?.codeDescription?.href ?? '', /^file:.*\/docs\/patterns\/syntax\.md#/);

    const first = await connection.sendRequest<{ kind: string; resultId: string }>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    const second = await connection.sendRequest<{ kind: string }>('textDocument/diagnostic', {
      textDocument: { uri },
      previousResultId: first.resultId,
    });
    assert.equal(first.kind, 'full');
    assert.equal(second.kind, 'unchanged');

    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: { start: { line: 3, character: 8 }, end: { line: 3, character: 9 } }, text: '' }],
    });
    await server.diagnosticsUntil(uri, (items) => items.length === 0);
    assert.equal(server.published.size, 0, 'a pulling client is not pushed to as well');
    assert.equal(await server.stop(), 0);
  });

  it('are pushed to a client that cannot pull, and taken back', async () => {
    server = await ServerUnderTest.start({ capabilities: PUSHED, files: { 'other.yaml': BROKEN } });
    assert.equal(server.initialized.capabilities.diagnosticProvider, undefined);
    const uri = await server.open('service.yaml', BROKEN);
    await until(
      () =>
        (server.published.get(uri)?.length ?? 0) > 0 &&
        (server.published.get(server.uri('other.yaml'))?.length ?? 0) > 0,
      () => `Published: ${JSON.stringify([...server.published])}`,
    );
    await server.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: SOUND }],
    });
    await until(
      () => server.published.get(uri)?.length === 0,
      () => `Published: ${JSON.stringify(server.published.get(uri))}`,
    );
    assert.equal(await server.stop(), 0);
  });

  it('cover the whole workspace on request, and follow the disk', async () => {
    server = await ServerUnderTest.start({
      capabilities: PULLING,
      files: { 'deploy/broken.yaml': BROKEN, 'deploy/sound.yaml': SOUND, 'node_modules/x/broken.yaml': BROKEN },
    });
    const broken = async (): Promise<string[]> => {
      const { items } = await server.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
        previousResultIds: [],
      });
      return items.flatMap((item) =>
        item.kind === 'full' && item.items.length > 0 ? [path.posix.basename(item.uri)] : [],
      );
    };
    await until(
      async () => (await broken()).includes('broken.yaml'),
      () => 'The broken file was never reported.',
    );
    assert.deepEqual(await broken(), ['broken.yaml']);

    await until(
      () => server.registrations.some(({ method }) => method === 'workspace/didChangeWatchedFiles'),
      () => 'The server never asked for file events.',
    );
    await writeFile(path.join(server.folder, 'deploy/new.yaml'), BROKEN);
    await rm(path.join(server.folder, 'deploy/broken.yaml'));
    const refreshesBefore = server.refreshes;
    await server.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [
        { uri: server.uri('deploy/new.yaml'), type: 1 },
        { uri: server.uri('node_modules/x/broken.yaml'), type: 1 },
        { uri: server.uri('deploy/broken.yaml'), type: 3 },
      ],
    });
    await until(
      () => server.refreshes > refreshesBefore,
      () => 'The client was not asked to refresh.',
    );
    assert.deepEqual(await broken(), ['new.yaml']);
    assert.equal(await server.stop(), 0);
  });

  it('keep a streaming request open while there is nothing new', async () => {
    server = await ServerUnderTest.start({ capabilities: PULLING, files: { 'broken.yaml': BROKEN } });
    const { connection } = server;
    const streamed: { uri: string; resultId: string; kind: string }[] = [];
    connection.onNotification('$/progress', ({ token, value }) => {
      if (token === 'stream') streamed.push(...value.items);
    });
    const pull = (previous: { uri: string; value: string }[]): Promise<unknown> =>
      connection.sendRequest('workspace/diagnostic', { previousResultIds: previous, partialResultToken: 'stream' });
    await until(
      async () => {
        await pull([]);
        return streamed.length > 0;
      },
      () => 'Nothing was streamed.',
    );
    const previous = [{ uri: streamed[0]!.uri, value: streamed[0]!.resultId }];
    // The load of the workspace counts as a change that this client has not heard of yet.
    await pull(previous);
    let isAnswered = false;
    const held = pull(previous).then(() => {
      isAnswered = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(isAnswered, false);
    streamed.length = 0;
    await server.open('broken.yaml', SOUND);
    await held;
    assert.deepEqual(
      streamed.map(({ kind, uri }) => [kind, path.posix.basename(uri)]),
      [['full', 'broken.yaml']],
    );
    assert.equal(await server.stop(), 0);
  });
});
