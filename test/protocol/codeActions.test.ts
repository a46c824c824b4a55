import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CodeAction, CodeActionContext, Diagnostic } from 'vscode-languageserver/node';
import { applyChanges } from './applyChanges.ts';
import { FULL_CLIENT } from './fullClient.ts';
import { ServerUnderTest } from './serverUnderTest.ts';

const STUCK = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: NAME
spec:
  selector:
    matchLabels: { app: NAME }
  strategy:
    rollingUpdate:
      maxSurge: 0 # careful
      maxUnavailable: 0
  template:
    metadata:
      labels: { app: NAME }
    spec:
      containers:
        - name: NAME
          image: registry.example.com/NAME:1.0.0
`;
const CART = STUCK.replaceAll('NAME', 'cart');
const RULE = 'rolling/no-progress';

describe('code actions over stdio', () => {
  let server: ServerUnderTest;
  beforeEach(async () => {
    server = await ServerUnderTest.start({ capabilities: FULL_CLIENT });
  });
  afterEach(() => server.kill());

  const ofRule = (diagnostics: readonly Diagnostic[]): Diagnostic[] => diagnostics.filter(({ code }) => code === RULE);

  const actionsAt = (
    uri: string,
    diagnostic: Diagnostic,
    context: Partial<CodeActionContext> = {},
  ): Promise<CodeAction[]> =>
    server.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic], ...context },
    });

  const replaceText = async (uri: string, version: number, text: string): Promise<void> => {
    await server.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
  };

  it('mend a finding, keep its comment, and leave nothing to say of that rule', async () => {
    const uri = await server.open('cart.yaml', CART);
    const [found] = ofRule(await server.diagnosticsUntil(uri, (items) => ofRule(items).length === 1));
    assert.ok(found);
    assert.deepEqual(found.data, { fixes: [{ title: 'Set maxSurge to 1', safe: true }] });
    const fix = (await actionsAt(uri, found)).find(({ title }) => title === 'Set maxSurge to 1');
    assert.ok(fix?.edit);
    assert.equal(fix.isPreferred, true);
    assert.equal(fix.diagnostics?.[0]?.code, RULE);
    const mended = applyChanges(fix.edit, uri, CART);
    assert.equal(mended, CART.replace('maxSurge: 0', 'maxSurge: 1'));
    await replaceText(uri, 2, mended);
    await server.diagnosticsUntil(uri, (items) => ofRule(items).length === 0);
    assert.equal(await server.stop(), 0);
  });

  it('mend all of a kind, and all that is safe, in one edit', async () => {
    const text = `${CART}---\n${STUCK.replaceAll('NAME', 'orders')}`;
    const uri = await server.open('both.yaml', text);
    const found = ofRule(await server.diagnosticsUntil(uri, (items) => ofRule(items).length === 2));
    const expected = text.replaceAll('maxSurge: 0', 'maxSurge: 1');
    const ofKind = (await actionsAt(uri, found[0]!)).find(({ title }) => title === `Fix all 2 of ${RULE} in this file`);
    assert.equal(applyChanges(ofKind!.edit!, uri, text), expected);

    const all = await actionsAt(uri, found[0]!, { only: ['source.fixAll'] });
    assert.deepEqual(
      all.map(({ kind }) => kind),
      ['source.fixAll.slipway'],
    );
    assert.ok(applyChanges(all[0]!.edit!, uri, text).includes('maxSurge: 1'));
    const unasked = await actionsAt(uri, found[0]!);
    assert.ok(
      unasked.every(({ kind }) => kind === 'quickfix'),
      'source actions come only when asked for',
    );
    assert.equal(await server.stop(), 0);
  });

  it('silence a finding by a comment that the server honours', async () => {
    const uri = await server.open('cart.yaml', CART);
    const [found] = ofRule(await server.diagnosticsUntil(uri, (items) => ofRule(items).length === 1));
    const suppress = (await actionsAt(uri, found!)).find(({ title }) => title === `Suppress ${RULE} with a comment`);
    const silenced = applyChanges(suppress!.edit!, uri, CART);
    assert.match(silenced, /^ {6}# slipway-disable-next-line rolling\/no-progress$/m);
    await replaceText(uri, 2, silenced);
    await server.diagnosticsUntil(uri, (items) => ofRule(items).length === 0);
    assert.equal(await server.stop(), 0);
  });

  it('offer no comment where it would become text', async () => {
    const text = 'kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: a\ndata:\n  page: "one\n    two\\q\n    three"\n';
    const uri = await server.open('page.yaml', text);
    const [found] = await server.diagnosticsUntil(uri, (items) => items.some(({ range }) => range.start.line === 6));
    const inside = found && found.range.start.line === 6 ? found : undefined;
    assert.ok(inside, `Expected the bad escape on line 6, found ${JSON.stringify(found)}`);
    const titles = (await actionsAt(uri, inside)).map(({ title }) => title);
    assert.deepEqual(
      titles.filter((title) => title.startsWith('Suppress')),
      [],
    );
    assert.equal(await server.stop(), 0);
  });

  it('follow the settings of the user', async () => {
    server.kill();
    server = await ServerUnderTest.start({ capabilities: FULL_CLIENT, settings: { severities: { rolling: 'off' } } });
    const uri = await server.open('cart.yaml', `${CART}x: "\n`);
    const found = await server.diagnosticsUntil(uri, (items) => items.length > 0 && ofRule(items).length === 0);
    assert.ok(found.some(({ code }) => String(code).startsWith('syntax/')));
    assert.equal(await server.stop(), 0);
  });
});
