import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { extract } from 'tar-stream';
import { buildContext } from '../../client/src/adapters/buildContext.ts';
import { buildArguments } from '../../client/src/adapters/buildx.ts';
import { runProgram } from '../../client/src/adapters/childProcess.ts';
import { registryCredentials } from '../../client/src/adapters/dockerCredentials.ts';
import { type EngineSearch, resolveEngine } from '../../client/src/adapters/engineEndpoint.ts';
import {
  configForContext,
  kubeConfigFiles,
  listContexts,
  loadKubeConfig,
} from '../../client/src/adapters/kubeConfig.ts';
import { KubernetesApi } from '../../client/src/adapters/kubernetesApi.ts';
import { Registry } from '../../client/src/adapters/registry.ts';
import type { Failure } from '../../client/src/cluster/failure.ts';
import type { WatchEvent } from '../../client/src/cluster/kubeApi.ts';
import { parseImageReference } from '../../client/src/delivery/imageReference.ts';

const signal = new AbortController().signal;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-adapters-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string, mode = 0o600): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode });
  return file;
}

function kubeconfig(name: string, user: object, server = 'https://one.example:6443'): string {
  return write(
    `${name}.yaml`,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': name,
      clusters: [{ name: `${name}-cluster`, cluster: { server } }],
      users: [{ name: `${name}-user`, user }],
      contexts: [{ name, context: { cluster: `${name}-cluster`, user: `${name}-user`, namespace: 'shop' } }],
    }),
  );
}

/** A server that answers as it is told. */
async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server & { port: number }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(server, { port: (server.address() as AddressInfo).port });
}

const isKind =
  (kind: string, words = /^/) =>
  (error: Failure): boolean => {
    assert.equal(error.report?.kind, kind, String(error));
    assert.match(`${error.report.message} ${error.report.said}`, words);
    return true;
  };

describe('Kubeconfigs', () => {
  it('are those of the setting, else of KUBECONFIG, else the one at home', () => {
    assert.deepEqual(kubeConfigFiles(['/a'], { KUBECONFIG: '/b' }), ['/a']);
    assert.deepEqual(kubeConfigFiles([], { KUBECONFIG: '/b::/c' }), ['/b', '/c']);
    assert.match(kubeConfigFiles([], {})[0] ?? '', /\.kube\/config$/);
  });

  it('are merged: the first of a name wins, a missing file does no harm, a broken one is named', () => {
    const one = kubeconfig('one', { token: 'a' });
    const two = kubeconfig('two', { token: 'b' });
    const again = write('again.yaml', JSON.stringify({ contexts: [{ name: 'one', context: { cluster: 'other' } }] }));
    const broken = write('broken.yaml', 'clusters: [');
    const loaded = loadKubeConfig([join(folder, 'absent'), one, two, again, broken]);
    const contexts = listContexts(loaded);
    assert.deepEqual(
      contexts.map(({ name, cluster, current, namespace }) => [name, cluster, current, namespace]),
      [
        ['one', 'one-cluster', true, 'shop'],
        ['two', 'two-cluster', false, 'shop'],
      ],
    );
    assert.deepEqual(
      loaded.problems.map(({ report }) => report.places[0]?.file),
      [broken],
    );
  });

  it('of which any file is empty or no mapping do no harm', () => {
    for (const text of ['', '# nothing', '[]', 'null', '\u0000\u0001']) {
      assert.deepEqual(loadKubeConfig([write('odd.yaml', text)]).config.contexts, [], JSON.stringify(text));
    }
  });

  it('read the token file under its standard name, beside the kubeconfig', () => {
    write('token', 'from-file\n');
    const loaded = loadKubeConfig([kubeconfig('one', { tokenFile: 'token' })]);
    assert.equal(configForContext(loaded, 'one', false).getCurrentUser()?.token, 'from-file');
  });

  it('name the contexts that there are when one is not', () => {
    const loaded = loadKubeConfig([kubeconfig('one', {})]);
    assert.throws(() => configForContext(loaded, 'tow', true), isKind('not-found', /no kubeconfig has a context tow/i));
  });

  const programs: [what: string, user: object][] = [
    ['an exec plugin', { exec: { command: 'aws', apiVersion: 'client.authentication.k8s.io/v1' } }],
    ['an auth provider with a command', { 'auth-provider': { name: 'gcp', config: { 'cmd-path': '/bin/gcloud' } } }],
  ];
  for (const [what, user] of programs) {
    it(`with ${what} run nothing in a workspace that is not trusted`, () => {
      const loaded = loadKubeConfig([kubeconfig('one', user)]);
      assert.equal(listContexts(loaded)[0]?.runsProgram, true);
      assert.throws(() => configForContext(loaded, 'one', false), isKind('untrusted'));
      assert.ok(configForContext(loaded, 'one', true));
    });
  }
});

describe('The API server over HTTP', () => {
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
    const server = await serve(answer);
    servers.push(server);
    const file = kubeconfig('one', user, `http://127.0.0.1:${server.port}`);
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
        if (asked === 1) write('token', 'renewed');
        if (request.headers.authorization === 'Bearer renewed') json(response, item('a'));
        else json(response, { message: 'Unauthorized' }, 401);
      },
      { tokenFile: write('token', 'stale') },
    );
    assert.equal((await cluster.get('/x', signal)).metadata.name, 'a');
    assert.deepEqual(tokens, ['Bearer stale', 'Bearer renewed']);
    write('token', 'wrong');
    utimesSync(join(folder, 'one.yaml'), new Date(), new Date(Date.now() + 5_000));
    await assert.rejects(cluster.get('/x', signal), isKind('unauthorised'));
    assert.equal(asked, 4);
  });

  it('gets its token from an exec plugin, which is told of the cluster', async () => {
    const plugin = write(
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
    const command = write('login', '#!/bin/sh\necho "session expired, run: login" >&2\nexit 1\n', 0o700);
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

describe('The search for an engine', () => {
  const search = (more: Partial<EngineSearch> = {}): EngineSearch => ({
    environment: {},
    homeFolder: folder,
    platform: 'linux',
    ...more,
  });
  const context = (name: string, host: string): void => {
    const id = createHash('sha256').update(name).digest('hex');
    write(
      `.docker/contexts/meta/${id}/meta.json`,
      JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }),
    );
    write(`.docker/contexts/tls/${id}/docker/ca.pem`, 'authority');
  };

  it('takes what was chosen, DOCKER_HOST, DOCKER_CONTEXT, and the current context, in this order', () => {
    context('chosen', 'tcp://chosen:2376');
    context('named', 'tcp://named:2376');
    context('current', 'tcp://current:2376');
    write('.docker/config.json', JSON.stringify({ currentContext: 'current' }));
    const host = (more: Partial<EngineSearch>): string => resolveEngine(search(more)).host;
    const environment = { DOCKER_HOST: 'tcp://variable:2375', DOCKER_CONTEXT: 'named' };
    assert.equal(host({ chosen: 'chosen', environment }), 'tcp://chosen:2376');
    assert.equal(host({ chosen: 'unix:///x.sock', environment }), 'unix:///x.sock');
    assert.equal(host({ environment }), 'tcp://variable:2375');
    assert.equal(host({ environment: { DOCKER_CONTEXT: 'named' } }), 'tcp://named:2376');
    assert.equal(host({}), 'tcp://current:2376');
    assert.equal(resolveEngine(search()).tls?.ca?.toString(), 'authority');
    assert.equal(host({ environment: { DOCKER_HOST: 'remote:2375' } }), 'tcp://remote:2375');
  });

  it('finds the sockets of other engines at home', () => {
    write('.colima/default/docker.sock', '');
    const { host } = resolveEngine(search({ environment: { XDG_RUNTIME_DIR: '/nowhere' } }));
    // A machine that runs Docker itself has the system's socket, which comes first.
    assert.ok(
      [`unix://${join(folder, '.colima/default/docker.sock')}`, 'unix:///var/run/docker.sock'].includes(host),
      host,
    );
    assert.match(resolveEngine(search({ platform: 'win32' })).host, /^npipe:/);
  });

  it('says so when a context does not exist or the configuration cannot be read', () => {
    assert.throws(() => resolveEngine(search({ chosen: 'none' })), isKind('not-found', /no docker context none/));
    write('.docker/config.json', '{');
    assert.throws(() => resolveEngine(search()), isKind('invalid', /docker configuration/));
  });
});

describe('Logins to registries', () => {
  const search = (): EngineSearch => ({
    environment: { PATH: `${folder}/bin:${process.env['PATH']}`, DOCKER_CONFIG: folder },
    homeFolder: '/nowhere',
    platform: 'linux',
  });
  const login = (registry: string, trusted = true) => registryCredentials(registry, search(), trusted, signal);
  const auth = Buffer.from('shop:pass:word').toString('base64');

  it('come from the configuration file, under whatever form of its address', async () => {
    const auths = { 'https://index.docker.io/v1/': { auth }, 'https://r.example.com/v2/': { auth }, 'a.io': {} };
    write('config.json', JSON.stringify({ auths }));
    const expected = { username: 'shop', password: 'pass:word', identityToken: '' };
    assert.deepEqual(await login('docker.io'), expected);
    assert.deepEqual(await login('r.example.com', false), expected);
    assert.equal(await login('a.io'), undefined);
    assert.equal(await login('unknown.io'), undefined);
  });

  it('come from the credential helper of the registry, or the one for all', async () => {
    const helper = (name: string, body: string): string =>
      write(`bin/docker-credential-${name}`, `#!/bin/sh\n${body}\n`, 0o700);
    helper('own', 'read server; echo "{\\"Username\\": \\"own-$server\\", \\"Secret\\": \\"s\\"}"');
    helper('all', 'echo \'{"Username": "<token>", "Secret": "refresh"}\'');
    helper('none', 'echo "credentials not found in native keychain"; exit 1');
    helper('bad', 'echo "the keychain is locked: hush" ; exit 1');
    write(
      'config.json',
      JSON.stringify({ credsStore: 'all', credHelpers: { 'r.io': 'own', 'n.io': 'none', 'b.io': 'bad' } }),
    );
    assert.equal((await login('r.io'))?.username, 'own-r.io');
    assert.deepEqual(await login('other.io'), { username: '', password: '', identityToken: 'refresh' });
    assert.equal(await login('n.io'), undefined);
    await assert.rejects(login('b.io'), isKind('unauthorised', /docker-credential-bad gave no login/));
    await assert.rejects(login('r.io', false), isKind('untrusted'));
  });

  it('of a broken file are told without a word of its content', async () => {
    write('config.json', `{"auths": {"x": {"auth": "${auth}" `);
    await assert.rejects(
      login('x'),
      (error: Failure) => isKind('invalid')(error) && !JSON.stringify(error.report).includes(auth),
    );
  });
});

describe('A registry', () => {
  let server: Server & { port: number };
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const credentials = { username: 'shop', password: 'pass', identityToken: '' };
  const start = async (answer: (request: IncomingMessage, response: ServerResponse) => void) => {
    server = await serve(answer);
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

describe('A build context', () => {
  const names = async (dockerfile: string): Promise<string[]> => {
    const context = await buildContext(join(folder, 'app'), dockerfile);
    const found: string[] = [];
    const entries = extract();
    entries.on('entry', (header, stream, next) => {
      found.push(header.type === 'symlink' ? `${header.name} -> ${header.linkname}` : header.name.replace(/\/$/, ''));
      stream.resume();
      stream.on('end', () => next());
    });
    await new Promise((resolve, reject) => {
      context.stream.on('error', reject);
      context.stream
        .pipe(entries)
        .on('finish', () => resolve(undefined))
        .on('error', reject);
    });
    return found.sort();
  };

  beforeEach(() => {
    write('app/Dockerfile', 'FROM scratch\n');
    write('app/src/main.c', 'main');
    write('app/node_modules/a/index.js', 'a');
    write('app/node_modules/keep/index.js', 'k');
    write('outside.txt', 'never');
    symlinkSync('../../outside.txt', join(folder, 'app/src/link'));
  });

  it('leaves out what .dockerignore says, with its exceptions, never the Dockerfile, and follows no link', async () => {
    write('app/.dockerignore', '# comment\nnode_modules\n!node_modules/keep\nDockerfile\n');
    assert.deepEqual(await names(join(folder, 'app/Dockerfile')), [
      '.dockerignore',
      'Dockerfile',
      'node_modules/keep',
      'node_modules/keep/index.js',
      'src',
      'src/link -> ../../outside.txt',
      'src/main.c',
    ]);
  });

  it('prefers the ignore file of its own Dockerfile, and takes a Dockerfile from elsewhere along', async () => {
    write('app/.dockerignore', 'src\n');
    write('app/Dockerfile.dockerignore', 'node_modules\n');
    const own = await names(join(folder, 'app/Dockerfile'));
    assert.ok(own.includes('src/main.c') && !own.some((name) => name.startsWith('node_modules')));
    const foreign = await buildContext(join(folder, 'app'), write('elsewhere/Dockerfile', 'FROM scratch\n'));
    assert.equal(foreign.dockerfile, '.slipway.Dockerfile');
    foreign.stream.resume();
  });
});

describe('The command line of a build', () => {
  it('names secrets and never holds them', () => {
    const line = buildArguments(
      {
        reference: 'cart:1',
        moreTags: ['cart:latest'],
        contextFolder: '/app',
        dockerfile: '/app/Dockerfile',
        target: 'run',
        buildArguments: { VERSION: '1 2' },
        secrets: [
          { id: 'npm', file: '/home/me/.npmrc' },
          { id: 'token', environmentVariable: 'TOKEN' },
          { id: 'key', file: '/home/me/a, "b".key' },
        ],
        ssh: ['default'],
        platforms: ['linux/amd64', 'linux/arm64'],
        builder: 'remote',
        cacheFrom: ['type=registry,ref=c'],
        noCache: true,
        output: 'registry',
      },
      '/m.json',
    );
    assert.deepEqual(line, [
      'build',
      '--progress=rawjson',
      '--metadata-file=/m.json',
      ...['--builder', 'remote', '--file', '/app/Dockerfile', '--tag', 'cart:1', '--tag', 'cart:latest'],
      ...['--target', 'run', '--build-arg', 'VERSION=1 2'],
      ...['--secret', 'id=npm,src=/home/me/.npmrc', '--secret', 'id=token,env=TOKEN'],
      ...['--secret', 'id=key,"src=/home/me/a, ""b"".key"', '--ssh', 'default'],
      ...[
        '--platform',
        'linux/amd64,linux/arm64',
        '--cache-from',
        'type=registry,ref=c',
        '--no-cache',
        '--push',
        '/app',
      ],
    ]);
  });
});

describe('Programs', () => {
  const sh = (script: string, stop: AbortSignal = signal) =>
    runProgram({ command: 'sh', arguments: ['-c', script], environment: process.env }, stop);

  it('give their output and exit code', async () => {
    assert.deepEqual(await sh('echo out; echo err >&2; exit 3'), { exitCode: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  it('that are not there are told as missing tools', async () => {
    const run = { command: 'no-such-program', arguments: [], environment: process.env };
    await assert.rejects(runProgram(run, signal), isKind('tool-missing', /no-such-program is not on the PATH/));
  });

  it('are ended with all that they started when they are cancelled', async () => {
    const stop = new AbortController();
    const pidFile = join(folder, 'pid');
    const running = sh(`sleep 1234 & echo $! > ${pidFile}; wait`, stop.signal);
    while (!existsSync(pidFile)) await new Promise((resolve) => setTimeout(resolve, 20));
    stop.abort();
    const startedAt = Date.now();
    await assert.rejects(running, isKind('cancelled'));
    assert.ok(Date.now() - startedAt < 4_000, 'both ended when asked, and had not to be killed');
    const { stdout } = await sh(`ps -o stat= -p $(cat ${pidFile})`);
    assert.match(stdout.trim(), /^Z?$/, 'what is left is at most a process that nobody has asked about yet');
  });

  it('do not start when they are cancelled beforehand', async () => {
    await assert.rejects(sh(`touch ${folder}/ran`, AbortSignal.abort()), isKind('cancelled'));
    assert.ok(!existsSync(join(folder, 'ran')));
  });
});
