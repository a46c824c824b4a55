import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One write that the server was asked for. */
export interface SeenWrite {
  readonly method: string;
  readonly path: string;
  readonly isDryRun: boolean;
  readonly body: string;
}

interface StoredObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/**
 * As much of an API server as a delivery asks: discovery, server-side apply with dry run, lists, and watches that stay
 * silent. Every Deployment that it is given has already failed for want of progress.
 */
export class FakeApiServer {
  readonly writes: SeenWrite[] = [];
  readonly requests: string[] = [];
  readonly #objects = new Map<string, StoredObject>();
  readonly #server: Server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  /** Lets the server have an object. */
  put(path: string, object: StoredObject): void {
    this.#objects.set(path, object);
  }

  /** A kubeconfig with one context of that name, which names this namespace. */
  kubeconfig(context: string, namespace?: string): string {
    const { port } = this.#server.address() as AddressInfo;
    return JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: context, cluster: { server: `http://127.0.0.1:${port}` } }],
      users: [{ name: context, user: {} }],
      contexts: [{ name: context, context: { cluster: context, user: context, namespace } }],
      'current-context': context,
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://server');
    const method = request.method ?? 'GET';
    this.requests.push(`${method} ${url.pathname}`);
    const send = (value: unknown, status = 200): void =>
      void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
    if (url.pathname === '/api' || url.pathname === '/apis') return send(discovery(url.pathname));
    if (method === 'PATCH') {
      const isDryRun = url.searchParams.get('dryRun') === 'All';
      const body = await textOf(request);
      this.writes.push({ method, path: url.pathname, isDryRun, body });
      if (url.pathname.endsWith('/scale')) return send({ apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: {} });
      const object = withStatus(JSON.parse(body) as StoredObject);
      if (!isDryRun) this.#objects.set(url.pathname, object);
      return send(object);
    }
    if (method !== 'GET')
      return send({ kind: 'Status', status: 'Failure', message: `${method} is not expected.` }, 405);
    if (url.searchParams.get('watch') === 'true') {
      response.writeHead(200, { 'Content-Type': 'application/json' }).flushHeaders();
      return;
    }
    const found = this.#objects.get(url.pathname);
    if (found) return send(found);
    if (/\/(?:deployments|replicasets|pods|events)$/.test(url.pathname)) {
      const items = [...this.#objects]
        .filter(([path]) => path.startsWith(`${url.pathname}/`))
        .map(([, object]) => object);
      return send({ apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '1' }, items });
    }
    send(
      { kind: 'Status', status: 'Failure', reason: 'NotFound', message: `${url.pathname} not found`, code: 404 },
      404,
    );
  }
}

function discovery(path: string): unknown {
  const kind = (resource: string, name: string): unknown => ({
    resource,
    responseKind: { kind: name },
    scope: 'Namespaced',
    verbs: ['get', 'list', 'patch', 'watch'],
  });
  const groups =
    path === '/api'
      ? [
          {
            metadata: {},
            versions: [{ version: 'v1', resources: [kind('configmaps', 'ConfigMap'), kind('services', 'Service')] }],
          },
        ]
      : [{ metadata: { name: 'apps' }, versions: [{ version: 'v1', resources: [kind('deployments', 'Deployment')] }] }];
  return { kind: 'APIGroupDiscoveryList', items: groups };
}

function withStatus(object: StoredObject): StoredObject {
  const metadata = { ...object.metadata, uid: `uid-${object.metadata.name}`, resourceVersion: '1', generation: 1 };
  if (object.kind !== 'Deployment') return { ...object, metadata };
  return {
    ...object,
    metadata,
    status: {
      observedGeneration: 1,
      conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'timed out' }],
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
