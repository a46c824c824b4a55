import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import {
  type CodeLens,
  type CompletionList,
  type DocumentHighlight,
  type DocumentLink,
  type InlayHint,
  InsertTextMode,
  type SelectionRange,
  type SemanticTokens,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { FULL_CLIENT } from './fullClient.ts';
import { ServerUnderTest, SHOP, until } from './serverUnderTest.ts';

const ROUTE = 'deploy/catalog/virtual-service.yaml';
const SERVICE = 'deploy/catalog/service.yaml';

describe('what is drawn into the shop', () => {
  let server: ServerUnderTest;
  let route: string;
  let text: string;
  before(async () => {
    server = await ServerUnderTest.start({
      capabilities: FULL_CLIENT,
      folder: SHOP,
      initializationOptions: { commands: ['_slipway.showPlaces', 'slipway.deploy'] },
    });
    text = await readFile(path.join(SHOP, ROUTE), 'utf8');
    route = await server.open(ROUTE, text);
    await until(
      () => server.progress.some(({ kind }) => kind === 'end'),
      () => 'The workspace was never read.',
    );
  });
  after(async () => {
    assert.equal(await server.stop(), 0);
  });

  const ask = <Answer>(method: string, more: object = {}): Promise<Answer> =>
    server.connection.sendRequest(method, { textDocument: { uri: route }, ...more });
  const positionOf = (word: string, into = 0): { line: number; character: number } => {
    const before = text.slice(0, text.indexOf(word) + into).split('\n');
    return { line: before.length - 1, character: before.at(-1)!.length };
  };
  const whole = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };

  it('are hints, whose tooltip is asked for when one is looked at', async () => {
    const hints = await ask<InlayHint[]>('textDocument/inlayHint', { range: whole });
    const share = hints.find(({ label }) => /^\d+(?:\.\d)?%/.test(String(label)));
    assert.ok(share, JSON.stringify(hints));
    assert.equal(text.split('\n')[share.position.line]!.slice(0, share.position.character).includes('weight:'), true);
    const subset = hints.find(({ label }) => String(label).includes('version='));
    assert.ok(subset && subset.tooltip === undefined);
    const resolved = await server.connection.sendRequest<InlayHint>('inlayHint/resolve', subset);
    assert.match(JSON.stringify(resolved.tooltip), /DestinationRule catalog/);
    const none = await ask<InlayHint[]>('textDocument/inlayHint', {
      range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } },
    });
    assert.deepEqual(none, []);
  });

  it('are lenses that are put into words when they are shown, with the commands that this client knows', async () => {
    const uri = server.uri(SERVICE);
    const lenses = await server.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    assert.ok(lenses.length > 1 && lenses.every(({ command }) => command === undefined));
    const commands = await Promise.all(
      lenses.map(async (lens) => (await server.connection.sendRequest<CodeLens>('codeLens/resolve', lens)).command!),
    );
    const deploy = commands.find(({ title }) => title === 'Deploy');
    assert.deepEqual([deploy?.command, deploy?.arguments], ['slipway.deploy', [{ uri, line: 1 }]]);
    const routed = commands.find(({ title }) => title.startsWith('Routed to by'));
    assert.equal(routed?.command, '_slipway.showPlaces');
    assert.ok(((routed?.arguments?.[2] ?? []) as { uri: string }[]).some((place) => place.uri === route));
    assert.ok(!commands.some(({ command }) => command === 'slipway.diff'), 'this client does not know it');
  });

  it('are links, highlights and colours of references', async () => {
    const links = await ask<DocumentLink[]>('textDocument/documentLink');
    assert.ok(
      links.some(({ target }) => target?.startsWith(`${server.uri(SERVICE)}#L`)),
      JSON.stringify(links),
    );
    const highlights = await ask<DocumentHighlight[]>('textDocument/documentHighlight', {
      position: positionOf('host: catalog', 8),
    });
    assert.ok(highlights.length > 0);
    const { data } = await ask<SemanticTokens>('textDocument/semanticTokens/full');
    assert.ok(data.length > 0 && data.length % 5 === 0);
    const legend = server.initialized.capabilities.semanticTokensProvider!.legend.tokenTypes;
    assert.equal(legend[data[3]!], 'class');
  });

  it('grow selections from the word to the file', async () => {
    const position = positionOf('host: catalog', 8);
    const [range] = (await ask<SelectionRange[]>('textDocument/selectionRange', { positions: [position] }))!;
    let count = 0;
    let outer: SelectionRange | undefined = range;
    for (; outer?.parent; outer = outer.parent) count++;
    assert.ok(count > 4);
    assert.deepEqual(outer?.range.start, { line: 0, character: 0 });
  });

  it('rename across files, which the client shows first', async () => {
    const edit = await ask<WorkspaceEdit>('textDocument/rename', {
      position: positionOf('host: catalog', 8),
      newName: 'goods',
    });
    const changed = edit.documentChanges as { textDocument: { uri: string }; edits: { annotationId?: string }[] }[];
    const here = changed.find((change) => change.textDocument.uri === route);
    const there = changed.find((change) => change.textDocument.uri === server.uri(SERVICE));
    assert.equal(here?.edits[0]?.annotationId, undefined);
    const annotation = edit.changeAnnotations?.[there?.edits[0]?.annotationId ?? ''];
    assert.deepEqual(annotation, { label: 'Rename to goods', needsConfirmation: true });
  });

  it('rename a subset with every route to it', async () => {
    const subset = /subset: (\S+)/.exec(text)![1]!;
    const edit = await ask<WorkspaceEdit>('textDocument/rename', {
      position: positionOf(`subset: ${subset}`, 9),
      newName: 'renamed',
    });
    const changed = edit.documentChanges as { textDocument: { uri: string }; edits: unknown[] }[];
    const files = changed.map((change) => path.posix.basename(change.textDocument.uri)).sort();
    assert.deepEqual(files, ['destination-rule.yaml', 'virtual-service.yaml']);
  });

  it('bring a file into its usual form, and indent what is completed', async () => {
    const uri = await server.open('deploy/untidy.yaml', 'kind:   Service\nmetadata:\n    name: a  \n');
    const textDocument = { uri };
    const edits = await server.connection.sendRequest<TextEdit[]>('textDocument/formatting', {
      textDocument,
      options: { tabSize: 2, insertSpaces: true },
    });
    assert.equal(edits.length, 3);
    await server.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  sele\n' }],
    });
    const { items } = await server.connection.sendRequest<CompletionList>('textDocument/completion', {
      textDocument,
      position: { line: 3, character: 6 },
    });
    const template = items.find(({ label }) => label === 'template');
    assert.equal(template?.insertTextMode, InsertTextMode.adjustIndentation);
    await server.connection.sendNotification('textDocument/didClose', { textDocument });
  });

  it('indent what is typed, and draw anew when the workspace changes', async () => {
    const uri = await server.open('deploy/typed.yaml', 'spec:\n\n');
    const edits = await server.connection.sendRequest<TextEdit[]>('textDocument/onTypeFormatting', {
      textDocument: { uri },
      position: { line: 1, character: 0 },
      ch: '\n',
      options: { tabSize: 2, insertSpaces: true },
    });
    assert.deepEqual(
      edits.map(({ newText }) => newText),
      ['  '],
    );
    await server.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await until(
      () => ['inlayHint', 'codeLens', 'semanticTokens'].every((drawn) => server.redraws.includes(drawn)),
      () => `Drawn anew: ${server.redraws.join(', ')}`,
    );
  });
});

describe('a client that draws nothing', () => {
  it('is announced no hints, lenses and tokens, and answered none', async () => {
    const server = await ServerUnderTest.start({ capabilities: {} });
    const { codeLensProvider, inlayHintProvider, semanticTokensProvider } = server.initialized.capabilities;
    assert.deepEqual([codeLensProvider, inlayHintProvider, semanticTokensProvider], [undefined, undefined, undefined]);
    await assert.rejects(
      server.connection.sendRequest('textDocument/codeLens', { textDocument: { uri: 'file:///a' } }),
    );
    assert.equal(await server.stop(), 0);
  });

  it('may leave features to others, and want some from nobody', async () => {
    const server = await ServerUnderTest.start({
      capabilities: FULL_CLIENT,
      files: { 'a.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { selector: { app: a } }\n' },
      initializationOptions: {
        yields: { yaml: ['selection', 'typing'] },
        off: ['hints', 'lenses'],
        commands: ['slipway.deploy'],
      },
    });
    const textDocument = { uri: server.uri('a.yaml') };
    await until(
      () => server.progress.some(({ kind }) => kind === 'end'),
      () => 'The workspace was never read.',
    );
    const position = { line: 1, character: 0 };
    const range = { start: position, end: { line: 9, character: 0 } };
    const answers = await Promise.all([
      server.connection.sendRequest('textDocument/selectionRange', { textDocument, positions: [position] }),
      server.connection.sendRequest('textDocument/codeLens', { textDocument }),
      server.connection.sendRequest('textDocument/inlayHint', { textDocument, range }),
    ]);
    assert.deepEqual(answers, [null, [], []]);
    assert.equal(await server.stop(), 0);
  });
});
