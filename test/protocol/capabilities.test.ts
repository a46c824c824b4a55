import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { ErrorCodes, ResponseError, type ServerCapabilities } from 'vscode-languageserver/node';
import * as assistantTools from '../../protocol/assistantTools.ts';
import * as pictures from '../../protocol/pictures.ts';
import * as slipway from '../../protocol/slipwayProtocol.ts';
import { FULL_CLIENT } from './fullClient.ts';
import { ServerUnderTest } from './serverUnderTest.ts';

/** Each request of the protocol that a capability announces. */
const REQUESTS: Readonly<Partial<Record<keyof ServerCapabilities, readonly string[]>>> = {
  textDocumentSync: [],
  workspace: [],
  experimental: [],
  codeActionProvider: ['textDocument/codeAction'],
  codeLensProvider: ['textDocument/codeLens', 'codeLens/resolve'],
  completionProvider: ['textDocument/completion', 'completionItem/resolve'],
  documentFormattingProvider: ['textDocument/formatting'],
  documentHighlightProvider: ['textDocument/documentHighlight'],
  documentLinkProvider: ['textDocument/documentLink'],
  documentOnTypeFormattingProvider: ['textDocument/onTypeFormatting'],
  inlayHintProvider: ['textDocument/inlayHint', 'inlayHint/resolve'],
  selectionRangeProvider: ['textDocument/selectionRange'],
  semanticTokensProvider: ['textDocument/semanticTokens/full', 'textDocument/semanticTokens/range'],
  renameProvider: ['textDocument/rename', 'textDocument/prepareRename'],
  signatureHelpProvider: ['textDocument/signatureHelp'],
  definitionProvider: ['textDocument/definition'],
  diagnosticProvider: ['textDocument/diagnostic', 'workspace/diagnostic'],
  documentSymbolProvider: ['textDocument/documentSymbol'],
  foldingRangeProvider: ['textDocument/foldingRange'],
  hoverProvider: ['textDocument/hover'],
  referencesProvider: ['textDocument/references'],
  workspaceSymbolProvider: ['workspace/symbol'],
};

/** Requests that some server may answer, and this one does not announce. */
const OTHERS: readonly string[] = [
  'textDocument/declaration',
  'textDocument/rangeFormatting',
  'textDocument/implementation',
  'textDocument/linkedEditingRange',
  'textDocument/semanticTokens/full/delta',
  'documentLink/resolve',
  'textDocument/typeDefinition',
];

describe('what the server announces', () => {
  let server: ServerUnderTest;
  before(async () => {
    server = await ServerUnderTest.start({ capabilities: FULL_CLIENT });
  });
  after(async () => {
    await server.stop();
  });

  const isAnswered = async (method: string): Promise<boolean> => {
    const params = {
      textDocument: { uri: server.uri('nothing.yaml') },
      position: { line: 0, character: 0 },
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      context: { diagnostics: [], includeDeclaration: false },
      positions: [{ line: 0, character: 0 }],
      ch: '\n',
      previousResultIds: [],
      query: '',
      label: '',
      newName: 'other',
      options: { tabSize: 2, insertSpaces: true },
    };
    try {
      await server.connection.sendRequest(method, params);
      return true;
    } catch (error) {
      if (error instanceof ResponseError && error.code === ErrorCodes.MethodNotFound) return false;
      throw error;
    }
  };

  it('is what it answers', async () => {
    const announced = Object.keys(server.initialized.capabilities) as (keyof ServerCapabilities)[];
    for (const capability of announced) {
      const methods = REQUESTS[capability];
      assert.ok(methods, `The test does not know which requests ${capability} announces.`);
      for (const method of methods)
        assert.ok(await isAnswered(method), `${capability} is announced, ${method} is not answered.`);
    }
    const expected = (Object.keys(REQUESTS) as (keyof ServerCapabilities)[]).filter(
      (name) => !announced.includes(name),
    );
    assert.deepEqual(expected, [], 'answered but not announced');
  });

  it('holds for the requests of our own', async () => {
    const announced: string[] = server.initialized.capabilities.experimental.slipway;
    const known = Object.entries({ ...slipway, ...assistantTools, ...pictures })
      .filter(([name]) => name.endsWith('Request'))
      .map(([, method]) => method);
    assert.deepEqual([...announced].sort(), known.sort());
  });

  it('is all that it answers', async () => {
    for (const method of OTHERS)
      assert.equal(await isAnswered(method), false, `${method} is answered without being announced.`);
  });
});
