import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { CancellationTokenSource, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { FULL_CLIENT } from './fullClient.ts';
import { ServerUnderTest } from './serverUnderTest.ts';

const QUESTIONS = [
  'textDocument/completion',
  'textDocument/hover',
  'textDocument/definition',
  'textDocument/references',
  'textDocument/documentSymbol',
  'textDocument/foldingRange',
  'textDocument/diagnostic',
  'textDocument/codeAction',
  'textDocument/prepareRename',
  'textDocument/signatureHelp',
  'textDocument/inlayHint',
  'textDocument/codeLens',
  'textDocument/documentLink',
  'textDocument/documentHighlight',
  'textDocument/selectionRange',
  'textDocument/semanticTokens/full',
  'textDocument/onTypeFormatting',
  'textDocument/formatting',
] as const;

/** Texts that people type, paste or open by mistake. */
const TEXTS: Readonly<Record<string, string>> = {
  empty: '',
  'half a key': 'apiVersion: apps/v1\nkind: Depl',
  'a colon alone': 'spec:\n  :\n',
  tabs: 'spec:\n\tcontainers:\n\t\t- name: x\n',
  'a byte order mark': '\uFEFFkind: Pod\napiVersion: v1\n',
  'a cycle of anchors': 'a: &a\n  b: *a\n',
  control: 'kind: \u0000\u0007\n',
  'a lone surrogate': 'kind: "\uD800"\n',
  'unclosed flow': 'a: [1, {b: \n',
  'half a template': 'kind: {{ .Values.kind\n',
};

describe('a server that is asked strange things', () => {
  let server: ServerUnderTest;
  afterEach(() => server.kill());

  const ask = (method: string, uri: string, line: number, character: number): Promise<unknown> =>
    server.connection.sendRequest(method, {
      textDocument: { uri },
      position: { line, character },
      range: { start: { line, character }, end: { line: line + 5, character: 0 } },
      positions: [{ line, character }],
      ch: '\n',
      options: { tabSize: 2, insertSpaces: true },
      context: { diagnostics: [], includeDeclaration: true },
    });

  it('answers for documents that it does not know, and for places that are not there', async () => {
    server = await ServerUnderTest.start({ capabilities: FULL_CLIENT });
    const uri = await server.open('known.yaml', 'kind: Pod\n');
    for (const method of QUESTIONS) {
      for (const [document, line, character] of [
        ['file:///nowhere/at/all.yaml', 0, 0],
        ['untitled:Untitled-1', 3, 3],
        [uri, 4000, 4000],
        [uri, 0, 4000],
      ] as const) {
        await ask(method, document, line, character);
      }
    }
    assert.equal(await server.stop(), 0);
  });

  it('answers at every place of what people type, paste or open by mistake', async () => {
    server = await ServerUnderTest.start({ capabilities: FULL_CLIENT });
    for (const [name, text] of Object.entries(TEXTS)) {
      const folder = name.replaceAll(' ', '-');
      const files = [
        await server.open(`${folder}/strange.yaml`, text),
        await server.open(`${folder}/templates/strange.yaml`, text),
        await server.open(`${folder}/Dockerfile`, text, 'dockerfile'),
        await server.open(`${folder}/strange.tf`, text, 'terraform'),
      ];
      const places = text.split('\n').flatMap((words, line) => [
        [line, 0],
        [line, words.length >> 1],
        [line, words.length],
      ]);
      for (const uri of files) {
        for (const method of QUESTIONS) {
          for (const [line, character] of places) await ask(method, uri, line!, character!);
        }
      }
    }
    assert.equal(await server.stop(), 0);
  });

  it('keeps the text right through every edit of a typed file', async () => {
    server = await ServerUnderTest.start({ capabilities: FULL_CLIENT });
    const target = 'apiVersion: v1\r\nkind: Service\r\nmetadata:\r\n  name: "cart"\r\n';
    const uri = await server.open('typed.yaml', '');
    let line = 0;
    let character = 0;
    let version = 1;
    for (const text of target.replaceAll('\r\n', '\n')) {
      const typed = text === '\n' ? '\r\n' : text;
      const at = { line, character };
      await server.connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: ++version },
        contentChanges: [{ range: { start: at, end: at }, text: typed }],
      });
      if (text === '\n') [line, character] = [line + 1, 0];
      else character++;
      await ask('textDocument/diagnostic', uri, line, character);
    }
    const symbols = (await ask('textDocument/documentSymbol', uri, 0, 0)) as { name: string; detail: string }[];
    assert.deepEqual(
      symbols.map(({ name, detail }) => [name, detail]),
      [['cart', 'Service']],
    );
    assert.equal(await server.stop(), 0);
  });

  it('answers a cancelled request as cancelled', async () => {
    server = await ServerUnderTest.start({ capabilities: FULL_CLIENT });
    const uri = await server.open('known.yaml', 'kind: Pod\n');
    await ask('textDocument/hover', uri, 0, 0);
    const cancelling = new CancellationTokenSource();
    const requests = Array.from({ length: 20 }, () =>
      server.connection.sendRequest(
        'textDocument/hover',
        { textDocument: { uri }, position: { line: 0, character: 0 } },
        cancelling.token,
      ),
    );
    cancelling.cancel();
    const outcomes = await Promise.allSettled(requests);
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    assert.ok(refused.length > 0, 'no request was cancelled');
    for (const error of refused) {
      assert.ok(error instanceof ResponseError);
      assert.equal(error.code, LSPErrorCodes.RequestCancelled);
    }
    assert.equal(await server.stop(), 0);
  });

  it('leaves to others what others give', async () => {
    server = await ServerUnderTest.start({
      capabilities: FULL_CLIENT,
      initializationOptions: { yields: { yaml: ['outline', 'folding', 'schema'], dockerfile: 'nonsense' } },
    });
    const uri = await server.open('pod.yaml', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspek:\n  x: 1\n');
    assert.deepEqual(await ask('textDocument/documentSymbol', uri, 0, 0), []);
    assert.deepEqual(await ask('textDocument/foldingRange', uri, 0, 0), []);
    const codes = async (): Promise<string[]> => {
      const report = (await ask('textDocument/diagnostic', uri, 0, 0)) as { items: { code: string }[] };
      return report.items.map(({ code }) => code).filter((code) => code.startsWith('schema/'));
    };
    assert.deepEqual(await codes(), []);
    server.kill();
    server = await ServerUnderTest.start({ capabilities: FULL_CLIENT });
    await server.open('pod.yaml', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspek:\n  x: 1\n');
    const found = await server.diagnosticsUntil(server.uri('pod.yaml'), (items) => items.length > 0);
    assert.ok(found.some(({ code }) => String(code).startsWith('schema/')));
    assert.equal(await server.stop(), 0);
  });
});
