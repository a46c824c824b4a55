import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Hover } from 'vscode-languageserver/node';
import type { PicturesResult } from '../../protocol/pictures.ts';
import { FULL_CLIENT } from './fullClient.ts';
import { ServerUnderTest, until } from './serverUnderTest.ts';

const RULE = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: "cart(1)"
spec:
  host: cart
  trafficPolicy:
    connectionPool: { tcp: { maxConnections: 10 } }
    outlierDetection: { consecutive5xxErrors: 7 }
`;
const ROUTE = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart }
spec:
  hosts: [cart]
  http:
    - timeout: 5s
      route: [{ destination: { host: cart } }]
`;

describe('pictures over stdio', () => {
  const start = (commands: readonly string[]): Promise<ServerUnderTest> =>
    ServerUnderTest.start({
      capabilities: FULL_CLIENT,
      files: { 'rule.yaml': RULE, 'route.yaml': ROUTE },
      initializationOptions: { commands },
    });
  const loaded = (server: ServerUnderTest): Promise<void> =>
    until(
      () => server.progress.some(({ kind }) => kind === 'end'),
      () => 'The workspace was never read.',
    );

  describe('for a client that shows them', () => {
    let server: ServerUnderTest;
    before(async () => {
      server = await start(['slipway.showPicture']);
      await loaded(server);
    });
    after(async () => {
      assert.equal(await server.stop(), 0);
    });

    const hover = async (name: string, text: string, at: string): Promise<string> => {
      const uri = await server.open(name, text);
      const lines = text.slice(0, text.indexOf(at) + 1).split('\n');
      const position = { line: lines.length - 1, character: lines.at(-1)!.length };
      const answer = await server.connection.sendRequest<Hover | null>('textDocument/hover', {
        textDocument: { uri },
        position,
      });
      return (answer?.contents as { value: string } | undefined)?.value ?? '';
    };

    it('hold the source of a diagram, the same in words, and the lines behind it', async () => {
      const pictures = await server.connection.sendRequest<PicturesResult>('slipway/pictures', {
        pattern: 'circuit-breaker',
      });
      const [picture] = pictures;
      assert.equal(pictures.length, 1);
      assert.equal(picture?.name, 'cart(1)');
      assert.match(picture.mermaid, /^flowchart LR\n {2}closed\(\["Closed/);
      assert.match(picture.sketch, /7 errors in a row/);
      assert.deepEqual(picture.nodes.find(({ id }) => id === 'closed')?.location, {
        uri: server.uri('rule.yaml'),
        range: { start: { line: 8, character: 24 }, end: { line: 8, character: 44 } },
      });
      assert.deepEqual(await server.connection.sendRequest('slipway/pictures', { pattern: 'nothing' }), []);
      assert.deepEqual(await server.connection.sendRequest('slipway/pictures', {}), []);
    });

    it('are offered on hover at the places that make the pattern, by a link that no name breaks', async () => {
      const words = await hover('rule.yaml', RULE, 'outlierDetection');
      const link = /\(command:slipway\.showPicture\?([^)]*)\)/.exec(words)?.[1];
      assert.deepEqual(JSON.parse(decodeURIComponent(link ?? '')), [{ pattern: 'circuit-breaker', use: 'cart(1)' }]);
      assert.equal(words.match(/Half-open/g)?.length, 1, 'the states are drawn once');
    });

    it('come with a sketch where the pattern says nothing else there', async () => {
      const words = await hover('route.yaml', ROUTE, '5s');
      assert.match(words, /Picture of Timeout: cart/);
    });

    it('are offered nowhere else', async () => {
      assert.doesNotMatch(await hover('rule.yaml', RULE, 'maxConnections'), /showPicture/);
    });
  });

  it('are not offered to a client that does not show them', async () => {
    const server = await start([]);
    await loaded(server);
    const uri = await server.open('rule.yaml', RULE);
    const answer = await server.connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri },
      position: { line: 8, character: 6 },
    });
    assert.match(JSON.stringify(answer), /Half-open/);
    assert.doesNotMatch(JSON.stringify(answer), /command:/);
    assert.equal(await server.stop(), 0);
  });
});
