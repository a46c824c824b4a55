import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { CodeAction, CompletionList, Diagnostic, Hover } from 'vscode-languageserver/node';
import { protectedContextsRequest } from '../../protocol/slipwayProtocol.ts';
import { cartDeployment } from '../manifests/cartDeployment.ts';
import { FULL_CLIENT } from './fullClient.ts';
import { ServerUnderTest } from './serverUnderTest.ts';

const CART = cartDeployment();
const TAG = 'pod-security/image-tag-latest';

describe('slipway.yaml over stdio', () => {
  let server: ServerUnderTest;
  let settings: string;
  let cart: string;
  let version = 1;

  before(async () => {
    server = await ServerUnderTest.start({
      capabilities: FULL_CLIENT,
      files: { 'deploy/cart.yaml': CART, 'slipway.yaml': 'protectedContexts: [prod-*]\n' },
    });
    settings = await server.open('slipway.yaml', 'protectedContexts: [prod-*]\n');
    cart = await server.open('deploy/cart.yaml', CART);
    await server.workspaceRead();
  });
  after(async () => {
    assert.equal(await server.stop(), 0);
  });

  async function write(text: string): Promise<void> {
    await server.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: settings, version: ++version },
      contentChanges: [{ text }],
    });
  }

  const severityOf = (items: readonly Diagnostic[], code: string) => items.find((item) => item.code === code)?.severity;

  it('changes what is said of other files while it is typed', async () => {
    await server.diagnosticsUntil(cart, (items) => severityOf(items, TAG) === 2);
    await write(`rules:\n  ${TAG}: error\n`);
    await server.diagnosticsUntil(cart, (items) => severityOf(items, TAG) === 1);
    await write(`rules:\n  ${TAG}: off\n`);
    await server.diagnosticsUntil(cart, (items) => items.length === 0);
    await write('profile: strict\n');
    await server.diagnosticsUntil(cart, (items) => items.length > 5);
    await write('exclude: [deploy]\n');
    await server.diagnosticsUntil(cart, (items) => items.length === 0);
    await write('');
    await server.diagnosticsUntil(cart, (items) => severityOf(items, TAG) === 2);
  });

  it('shows where a policy is demanded', async () => {
    await write('policies:\n  images:\n    allowedRegistries: [mirror.example.com]\n');
    const items = await server.diagnosticsUntil(
      cart,
      (found) => severityOf(found, 'pod-security/image-registry-not-allowed') === 2,
    );
    const related = items.find(({ code }) => code === 'pod-security/image-registry-not-allowed')?.relatedInformation;
    assert.equal(related?.[0]?.location.uri, settings);
    assert.equal(related?.[0]?.location.range.start.line, 2);
  });

  it('is completed, explained and mended itself', async () => {
    await write('profil: strict\npolicies:\n  pods:\n    m\n');
    const [problem] = await server.diagnosticsUntil(settings, (items) => items.length > 0);
    assert.equal(problem?.code, 'configuration/unknown-key');
    const at = (line: number, character: number) => ({
      textDocument: { uri: settings },
      position: { line, character },
    });
    const offered = await server.connection.sendRequest<CompletionList | CompletionList['items']>(
      'textDocument/completion',
      at(3, 5),
    );
    const items = Array.isArray(offered) ? offered : offered.items;
    assert.ok(items.some(({ label }) => label === 'maxContainers'));
    assert.ok(!items.some(({ label }) => label === 'apiVersion'));
    const hover = await server.connection.sendRequest<Hover>('textDocument/hover', at(2, 3));
    assert.match(JSON.stringify(hover.contents), /What pods may and must say/);
    const actions = await server.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: settings },
      range: problem!.range,
      context: { diagnostics: [problem] },
    });
    assert.ok(actions.some(({ title }) => title === 'Rename to `profile`'));
  });

  it('tells which contexts it protects', async () => {
    await write('protectedContexts: [prod-*, live]\n');
    assert.deepEqual(await server.connection.sendRequest(protectedContextsRequest), ['prod-*', 'live']);
  });
});
