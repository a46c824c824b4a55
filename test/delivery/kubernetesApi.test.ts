import assert from 'node:assert/strict';
import { existsSync, utimesSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { KubernetesApi } from '../../client/src/adapters/kubernetesApi.ts';
import type { WatchEvent } from '../../client/src/cluster/kubeApi.ts';
import { isKind } from './isKind.ts';
import { serveHttp } from './serveHttp.ts';
import { testFolder } from './testFolder.ts';

const signal = new AbortController().signal;

describe('The API server over HTTP', () => {
  const files = testFolder();
  let servers: Server[] = [];
  let apis: KubernetesApi[] = [];

  afterEach(async () => {
    for (const api of apis) api.dispose();
    for (const server of servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    [servers, apis] = [[], []];
  });

  const connect = async (
    answer: (request: IncomingMessage, response: ServerResponse) => void,
    user: object = { token: 'good' },
    trusted = false,
  ): Promise<KubernetesApi> => {
    const server = await serveHttp(answer);
    servers.push(server);
    const file = files.kubeconfig('one', user, `http://127.0.0.1:${server.port}`);
    const api = new KubernetesApi({ context: 'one', files: [file], trusted });
    apis.push(api);
    return api;
  };
  const json = (response: ServerResponse, body: object, status = 200): void => {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  };
  const item = (name: string) => ({ metadata: { name, resourceVersion: '5' } });

  it('lists page by page, as one list with kinds', async () => {
    const asked: string[] = [];
    const cluster = await connect((request, response) => {
      asked.push(request.url ?? '');
      const second = request.url?.includes('continue=next');
      const metadata = second ? { resourceVersion: '9' } : { resourceVersion: '9', continue: 'next' };
      json(response, { apiVersion: 'v1', kind: 'PodList', metadata, items: [item(second ? 'b' : 'a')] });
    });
    const list = await cluster.list('/api/v1/pods', { labelSelector: 'app=x' }, signal);
    assert.deepEqual(
      list.items.map(({ kind, apiVersion, metadata }) => [kind, apiVersion, metadata.name]),
      [
        ['Pod', 'v1', 'a'],
        ['Pod', 'v1', 'b'],
      ],
    );
    assert.equal(list.resourceVersion, '9');
    assert.match(asked[0] ?? '', /labelSelector=app%3Dx/);
  });

  const follow = async (cluster: KubernetesApi, stop: AbortSignal = signal): Promise<WatchEvent[]> => {
    const events: WatchEvent[] = [];
    for await (const event of await cluster.watch('/api/v1/pods', '5', {}, stop)) events.push(event);
    return events;
  };

  it('watches: events that arrive in pieces, in one piece, and a quiet end', async () => {
    const line = (name: string): string => `${JSON.stringify({ type: 'ADDED', object: item(name) })}\n`;
    const cluster = await connect((_request, response) => {
      response.write(line('a').slice(0, 10));
      setTimeout(() => response.write(line('a').slice(10) + line('b')), 20);
      setTimeout(() => response.end(line('ü')), 40);
    });
    assert.deepEqual(
      (await follow(cluster)).map(({ object }) => object.metadata.name),
      ['a', 'b', 'ü'],
    );
  });

  it('tells a watch that expired, by its answer or in its stream', async () => {
    const gone = { kind: 'Status', code: 410, message: 'too old resource version', reason: 'Expired' };
    const byAnswer = await connect((_request, response) => json(response, gone, 410));
    await assert.rejects(follow(byAnswer), isKind('expired', /too old/));
    const inStream = await connect((_request, response) =>
      response.end(`${JSON.stringify({ type: 'ERROR', object: gone })}\n`),
    );
    await assert.rejects(follow(inStream), isKind('expired', /too old/));
  });

  it('tells a connection that breaks from one that ends', async () => {
    const cluster = await connect((_request, response) => {
      response.write(`${JSON.stringify({ type: 'ADDED', object: item('a') })}\n`);
      setTimeout(() => response.destroy(), 20);
    });
    await assert.rejects(follow(cluster), isKind('unreachable'));
  });

  it('ends a request that is cancelled, before and while it runs', async () => {
    const cluster = await connect((_request, response) => response.write(' '));
    await assert.rejects(cluster.get('/x', AbortSignal.abort()), isKind('cancelled'));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);
    await assert.rejects(cluster.get('/x', stop.signal), isKind('cancelled'));
    const watching = new AbortController();
    setTimeout(() => watching.abort(), 30);
    await assert.rejects(follow(cluster, watching.signal), isKind('cancelled'));
  });

  it('reads the kubeconfig anew when its token is refused, once', async () => {
    let asked = 0;
    const tokens: (string | undefined)[] = [];
    const cluster = await connect(
      (request, response) => {
        asked += 1;
        tokens.push(request.headers.authorization);
        if (asked === 1) files.write('token', 'renewed');
        if (request.headers.authorization === 'Bearer renewed') json(response, item('a'));
        else json(response, { message: 'Unauthorized' }, 401);
      },
      { tokenFile: files.write('token', 'stale') },
    );
    assert.equal((await cluster.get('/x', signal)).metadata.name, 'a');
    assert.deepEqual(tokens, ['Bearer stale', 'Bearer renewed']);
    files.write('token', 'wrong');
    utimesSync(join(files.path, 'one.yaml'), new Date(), new Date(Date.now() + 5_000));
    await assert.rejects(cluster.get('/x', signal), isKind('unauthorised'));
    assert.equal(asked, 4);
  });

  it('gets its token from an exec plugin, which is told of the cluster', async () => {
    const plugin = files.write(
      'plugins/login',
      '#!/bin/sh\necho "$KUBERNETES_EXEC_INFO" > "$(dirname "$0")/asked"\necho \'{"status": {"token": "from-plugin"}}\'\n',
      0o700,
    );
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: './plugins/login', args: [] };
    let authorization: string | undefined;
    const cluster = await connect(
      (request, response) => {
        authorization = request.headers.authorization;
        json(response, item('a'));
      },
      { exec },
      true,
    );
    await cluster.get('/x', signal);
    assert.equal(authorization, 'Bearer from-plugin');
    assert.ok(existsSync(join(dirname(plugin), 'asked')));
  });

  it('tells an exec plugin that fails in the plugin’s words', async () => {
    const command = files.write('login', '#!/bin/sh\necho "session expired, run: login" >&2\nexit 1\n', 0o700);
    const cluster = await connect((_request, response) => json(response, item('a')), { exec: { command } }, true);
    await assert.rejects(cluster.get('/x', signal), isKind('unauthorised', /session expired, run: login/));
  });

  it('applies with its field manager, forces only when told, and asks for a dry run when told', async () => {
    const asked: string[] = [];
    const cluster = await connect((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers['content-type']}`);
      json(response, item('a'));
    });
    const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };
    await cluster.apply('/p', object, { dryRun: true }, signal);
    await cluster.apply('/p', object, { force: true }, signal);
    assert.deepEqual(asked, [
      'PATCH /p?fieldManager=slipway&force=false&dryRun=All application/apply-patch+yaml',
      'PATCH /p?fieldManager=slipway&force=true application/apply-patch+yaml',
    ]);
  });

  it('discovers kinds from servers with and without aggregated discovery, and leaves out groups that are down', async () => {
    const old: Record<string, object> = {
      '/api': { kind: 'APIVersions', versions: ['v1'] },
      '/apis': { groups: [{ versions: [{ groupVersion: 'apps/v1' }, { groupVersion: 'down/v1' }] }] },
      '/api/v1': {
        resources: [
          { name: 'pods', kind: 'Pod', namespaced: true, verbs: ['list'] },
          { name: 'pods/log', kind: 'Pod', namespaced: true },
        ],
      },
      '/apis/apps/v1': { resources: [{ name: 'deployments', kind: 'Deployment', namespaced: true }] },
    };
    const cluster = await connect((request, response) => {
      const body = old[request.url ?? ''];
      if (body) json(response, body);
      else json(response, { message: 'the server is currently unable to handle the request' }, 503);
    });
    assert.deepEqual(
      (await cluster.discovery(signal)).map(({ group, plural }) => `${group}/${plural}`),
      ['/pods', 'apps/deployments'],
    );
    const aggregated = await connect((request, response) => {
      const resources = [{ resource: 'carts', responseKind: { kind: 'Cart' }, scope: 'Namespaced', verbs: ['get'] }];
      const items = [{ metadata: { name: 'shop.example' }, versions: [{ version: 'v1', resources }] }];
      json(response, { kind: 'APIGroupDiscoveryList', items: request.url === '/apis' ? items : [] });
    });
    assert.deepEqual(await aggregated.discovery(signal), [
      { group: 'shop.example', version: 'v1', kind: 'Cart', plural: 'carts', namespaced: true, verbs: ['get'] },
    ]);
  });
});
