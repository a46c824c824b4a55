import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import {
  type CompletionList,
  type DocumentSymbol,
  type Hover,
  type Location,
  ResponseError,
  type SignatureHelp,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { SHOP_CHART } from '../features/helm/shopChart.ts';
import { applyChanges } from './applyChanges.ts';
import { FULL_CLIENT } from './fullClient.ts';
import { ServerUnderTest, until } from './serverUnderTest.ts';

const DEPLOYMENT = 'shop/templates/deployment.yaml';
const NAMES = 'shop/templates/_names.tpl';

describe('Helm charts over stdio', () => {
  let server: ServerUnderTest;
  let deployment: string;
  let names: string;

  before(async () => {
    server = await ServerUnderTest.start({ capabilities: FULL_CLIENT, files: SHOP_CHART });
    deployment = await server.open(DEPLOYMENT, SHOP_CHART[DEPLOYMENT]!);
    names = await server.open(NAMES, SHOP_CHART[NAMES]!, 'helm');
    await until(
      () => server.progress.some(({ kind }) => kind === 'end'),
      () => 'The workspace was never read.',
    );
  });
  after(async () => {
    assert.equal(await server.stop(), 0);
  });

  /** Asks at the end of `text`, which stands once in the file. */
  const ask = <Answer>(method: string, uri: string, file: string, text: string, more: object = {}): Promise<Answer> => {
    const before = SHOP_CHART[file]!.slice(0, SHOP_CHART[file]!.indexOf(text) + text.length).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)!.length };
    return server.connection.sendRequest(method, { textDocument: { uri }, position, ...more });
  };

  it('offer values in templates, and fields of Kubernetes beside them', async () => {
    const values = await ask<CompletionList>('textDocument/completion', deployment, DEPLOYMENT, '{{ .Values.image.');
    assert.deepEqual(values.items.map(({ label }) => label).sort(), ['pullPolicy', 'repository', 'tag']);
    const fields = await ask<CompletionList>('textDocument/completion', deployment, DEPLOYMENT, 'spec:\n  repl');
    assert.ok(fields.items.some(({ label }) => label === 'replicas'));
  });

  it('explain values and functions in helpers too', async () => {
    const value = await ask<Hover>('textDocument/hover', names, NAMES, '.root.Values.service.po');
    assert.match(JSON.stringify(value.contents), /8080/);
    const help = await ask<SignatureHelp>('textDocument/signatureHelp', deployment, DEPLOYMENT, 'toYaml ');
    assert.equal(help.signatures[0]?.label, 'toYaml value');
  });

  it('lead to values and rename them everywhere', async () => {
    const definitions = await ask<Location[]>('textDocument/definition', deployment, DEPLOYMENT, '.Values.image.ta');
    assert.deepEqual(
      definitions.map(({ uri, range }) => [uri, range.start.line]),
      [
        [server.uri('shop/values.yaml'), 3],
        [server.uri('shop/values-production.yaml'), 1],
      ],
    );
    const edit = await ask<WorkspaceEdit>('textDocument/rename', deployment, DEPLOYMENT, '.Values.image.ta', {
      newName: 'version',
    });
    const values = 'shop/values.yaml';
    assert.equal(
      applyChanges(edit, server.uri(values), SHOP_CHART[values]!),
      SHOP_CHART[values]!.replace('tag:', 'version:'),
    );
    await assert.rejects(
      ask('textDocument/rename', deployment, DEPLOYMENT, '.Values.image.ta', { newName: 'repository' }),
      (error) => error instanceof ResponseError && /exists already/.test(error.message),
    );
  });

  it('outline the named templates of a file', async () => {
    const symbols = await server.connection.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', {
      textDocument: { uri: names },
    });
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['shop.labels', 'shop.port'],
    );
  });
});
