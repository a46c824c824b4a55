import assert from 'node:assert/strict';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Registry } from '../../client/src/adapters/registry.ts';
import { parseImageReference } from '../../client/src/delivery/imageReference.ts';
import { isKind } from './isKind.ts';
import { serveHttp } from './serveHttp.ts';

const signal = new AbortController().signal;

describe('A registry', () => {
  let server: Server & { port: number };
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const credentials = { username: 'shop', password: 'pass', identityToken: '' };
  const start = async (answer: (request: IncomingMessage, response: ServerResponse) => void) => {
    server = await serveHttp(answer);
    return `127.0.0.1:${server.port}`;
  };

  it('is asked with a token from the server that its challenge names', async () => {
    const asked: string[] = [];
    const host = await start((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`);
      if (request.url?.startsWith('/token')) response.end('{"token": "t"}');
      else if (request.headers.authorization === 'Bearer t')
        response.setHeader('Docker-Content-Digest', 'sha256:1').end();
      else {
        const challenge = `Bearer realm="http://127.0.0.1:${server.port}/token",service="reg"`;
        response.writeHead(401, { 'WWW-Authenticate': challenge }).end();
      }
    });
    const reference = parseImageReference(`${host}/shop/cart:1`);
    assert.equal(await new Registry(host, credentials).digest(reference, signal), 'sha256:1');
    const basic = `Basic ${Buffer.from('shop:pass').toString('base64')}`;
    assert.deepEqual(asked, [
      'HEAD /v2/shop/cart/manifests/1 -',
      `GET /token?service=reg&scope=repository%3Ashop%2Fcart%3Apull ${basic}`,
      'HEAD /v2/shop/cart/manifests/1 Bearer t',
    ]);
  });

  it('that has no such version, refuses, or is away, is told apart', async () => {
    let status = 404;
    const host = await start((_request, response) => response.writeHead(status).end());
    const digest = () => new Registry(host, undefined).digest(parseImageReference(`${host}/cart:1`), signal);
    assert.equal(await digest(), undefined);
    status = 403;
    await assert.rejects(digest(), isKind('forbidden'));
    status = 401;
    await assert.rejects(digest(), isKind('unauthorised'));
    status = 500;
    await assert.rejects(digest(), isKind('unreachable'));
    const away = new Registry('127.0.0.1:1', undefined).digest(parseImageReference('127.0.0.1:1/cart:1'), signal);
    await assert.rejects(away, isKind('unreachable'));
  });

  it('gives all tags over several pages', async () => {
    const host = await start((request, response) => {
      const second = request.url?.includes('last=b');
      if (!second) response.setHeader('Link', '</v2/cart/tags/list?n=2&last=b>; rel="next"');
      response.end(JSON.stringify({ tags: second ? ['c'] : ['a', 'b'] }));
    });
    assert.deepEqual(await new Registry(host, undefined).tags('cart', signal), ['a', 'b', 'c']);
  });
});
