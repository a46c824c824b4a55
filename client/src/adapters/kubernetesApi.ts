import { setMaxListeners } from 'node:events';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest, type RequestOptions } from 'node:https';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';
import { Exec, type KubeConfig } from '@kubernetes/client-node';
import { cancelled } from '../cluster/cancellation.ts';
import { Failure } from '../cluster/failure.ts';
import { fieldManager } from '../cluster/fieldManager.ts';
import type {
  ApplyOptions,
  DeleteOptions,
  ExecRequest,
  KubeApi,
  LogOptions,
  ObjectList,
  PatchOptions,
  Selection,
  WatchEvent,
} from '../cluster/kubeApi.ts';
import type { KubeObject } from '../cluster/kubeObject.ts';
import type { ResourceType } from '../cluster/resourceType.ts';
import { configForContext, loadKubeConfig, newestChangeMilliseconds } from './kubeConfig.ts';
import { discoverResourceTypes } from './kubernetesDiscovery.ts';
import { failureOfRequest, failureOfStatus } from './kubernetesFailure.ts';
import { openPortForward } from './kubernetesPortForward.ts';
import { onWakeUp } from './wakeUp.ts';

/** Where a context's kubeconfigs lie and whether its credential program may run. */
export interface KubernetesApiOptions {
  readonly context: string;
  readonly files: readonly string[];
  readonly trusted: boolean;
}

/** How long an answer may take before the server counts as gone. Watches and followed logs have their own rules. */
const answerTimeoutMilliseconds = 30_000;

/** The server is asked to end a watch after this time, so that a connection that died unnoticed is found out. */
const watchSeconds = 290;

const pageSize = 500;

const patchTypes: Readonly<Record<PatchOptions['type'], string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
};

interface Call {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly accept?: string;
  /** What is asked for, as a verb phrase for messages. */
  readonly asks: string;
  /** Without it, the connection may stay silent for `answerTimeoutMilliseconds`. */
  readonly silenceMilliseconds?: number;
}

/** The API server of one context over HTTP. Kubeconfigs are read anew when they change or credentials are refused. */
export class KubernetesApi implements KubeApi {
  readonly context: string;
  readonly #options: KubernetesApiOptions;
  #config: KubeConfig | undefined;
  #readAtMilliseconds = 0;
  #agents: { http: HttpAgent; https: HttpsAgent } | undefined;

  constructor(options: KubernetesApiOptions) {
    this.context = options.context;
    this.#options = options;
  }

  discovery(signal: AbortSignal): Promise<readonly ResourceType[]> {
    return discoverResourceTypes(
      (path, accept) => this.#json({ method: 'GET', path, accept, asks: 'list its kinds' }, signal),
      signal,
    );
  }

  async list(path: string, selection: Selection, signal: AbortSignal): Promise<ObjectList> {
    const items: KubeObject[] = [];
    let token: string | undefined;
    for (;;) {
      const query = { ...selection, limit: pageSize, continue: token };
      const page = await this.#json({ method: 'GET', path, query, asks: `list ${path}` }, signal);
      const list = page as unknown as {
        apiVersion: string;
        kind: string;
        metadata?: { resourceVersion?: string; continue?: string };
        items?: KubeObject[] | null;
      };
      const kind = list.kind.replace(/List$/, '');
      for (const item of list.items ?? [])
        items.push({ ...item, apiVersion: item.apiVersion ?? list.apiVersion, kind: item.kind ?? kind });
      token = list.metadata?.continue || undefined;
      if (!token) return { resourceVersion: list.metadata?.resourceVersion ?? '', items };
    }
  }

  async watch(
    path: string,
    resourceVersion: string,
    selection: Selection,
    signal: AbortSignal,
  ): Promise<AsyncIterable<WatchEvent>> {
    const query = {
      ...selection,
      watch: true,
      resourceVersion,
      allowWatchBookmarks: true,
      timeoutSeconds: watchSeconds,
    };
    const silenceMilliseconds = (watchSeconds + 20) * 1000;
    const asks = `watch ${path}`;
    const response = await this.#send({ method: 'GET', path, query, asks, silenceMilliseconds }, signal);
    return this.#events(response, asks, signal);
  }

  async *#events(response: IncomingMessage, asks: string, signal: AbortSignal): AsyncIterable<WatchEvent> {
    const stopListening = onWakeUp(() => response.destroy(new Error('This machine slept.')));
    try {
      for await (const line of this.#lines(response, signal)) {
        const event = this.#event(line);
        if (event.type === 'ERROR') {
          throw failureOfStatus(this.context, asks, event.object.code ?? 500, JSON.stringify(event.object));
        }
        yield event as WatchEvent;
      }
    } finally {
      stopListening();
    }
  }

  /** A proxy may close a watch in the middle of a line: that is a broken connection, and no event. */
  #event(line: string): { type: string; object: KubeObject & { code?: number } } {
    try {
      return JSON.parse(line) as { type: string; object: KubeObject & { code?: number } };
    } catch (error) {
      throw failureOfRequest(this.context, this.#server(), error);
    }
  }

  get(path: string, signal: AbortSignal): Promise<KubeObject> {
    return this.#json({ method: 'GET', path, asks: `read ${path}` }, signal);
  }

  create(path: string, object: object, signal: AbortSignal): Promise<KubeObject> {
    const query = { fieldManager };
    return this.#json({ method: 'POST', path, query, body: object, asks: `create in ${path}` }, signal);
  }

  apply(path: string, object: KubeObject, options: ApplyOptions, signal: AbortSignal): Promise<KubeObject> {
    return this.#json(
      {
        method: 'PATCH',
        path,
        query: {
          fieldManager: options.fieldManager ?? fieldManager,
          force: options.force ?? false,
          dryRun: options.dryRun ? 'All' : undefined,
        },
        body: object,
        contentType: 'application/apply-patch+yaml',
        asks: `apply ${path}`,
      },
      signal,
    );
  }

  patch(path: string, patch: unknown, options: PatchOptions, signal: AbortSignal): Promise<KubeObject> {
    return this.#json(
      {
        method: 'PATCH',
        path: options.subresource ? `${path}/${options.subresource}` : path,
        query: { fieldManager, dryRun: options.dryRun ? 'All' : undefined },
        body: patch,
        contentType: patchTypes[options.type],
        asks: `patch ${path}`,
      },
      signal,
    );
  }

  async delete(path: string, options: DeleteOptions, signal: AbortSignal): Promise<void> {
    const body = {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: options.propagation ?? 'Background',
      ...(options.uid === undefined ? {} : { preconditions: { uid: options.uid } }),
      ...(options.dryRun ? { dryRun: ['All'] } : {}),
    };
    await this.#json({ method: 'DELETE', path, body, asks: `delete ${path}` }, signal);
  }

  async *logs(namespace: string, pod: string, options: LogOptions, signal: AbortSignal): AsyncIterable<string> {
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`;
    const silence = options.follow ? { silenceMilliseconds: 0 } : {};
    const asks = `read the log of ${pod}`;
    const response = await this.#send({ method: 'GET', path, query: { ...options }, asks, ...silence }, signal);
    yield* this.#lines(response, signal);
  }

  async exec(request: ExecRequest, signal: AbortSignal): Promise<number> {
    if (signal.aborted) throw cancelled();
    const config = this.#currentConfig();
    try {
      return await runInContainer(config, request, signal);
    } catch (error) {
      if (signal.aborted) throw cancelled();
      throw failureOfRequest(this.context, config.getCurrentCluster()?.server ?? '', error);
    }
  }

  async portForward(namespace: string, pod: string, port: number, signal: AbortSignal): Promise<Duplex> {
    if (signal.aborted) throw cancelled();
    const config = this.#currentConfig();
    try {
      return await openPortForward(config, namespace, pod, port, signal);
    } catch (error) {
      if (signal.aborted) throw cancelled();
      throw failureOfRequest(this.context, config.getCurrentCluster()?.server ?? '', error);
    }
  }

  /** Ends all connections, with what is under way on them. */
  dispose(): void {
    this.#agents?.http.destroy();
    this.#agents?.https.destroy();
    this.#agents = undefined;
  }

  #currentConfig(): KubeConfig {
    const changedAt = newestChangeMilliseconds(this.#options.files);
    if (!this.#config || changedAt !== this.#readAtMilliseconds) {
      this.#config = configForContext(loadKubeConfig(this.#options.files), this.context, this.#options.trusted);
      this.#readAtMilliseconds = changedAt;
      // What is under way ends on the connections on which it began.
      this.#agents = undefined;
    }
    return this.#config;
  }

  async #json(call: Call, signal: AbortSignal): Promise<KubeObject> {
    const response = await this.#send(call, signal);
    try {
      const text = await readAll(response);
      return JSON.parse(text) as KubeObject;
    } catch (error) {
      if (signal.aborted) throw cancelled();
      throw failureOfRequest(this.context, this.#server(), error);
    }
  }

  async *#lines(response: IncomingMessage, signal: AbortSignal): AsyncIterable<string> {
    const lines = createInterface({ input: response, crlfDelay: Number.POSITIVE_INFINITY });
    // The interface does not report errors of its input: a connection that breaks must not look like an end.
    const broken = new Promise<never>((_, reject) => response.once('error', reject));
    broken.catch(() => undefined);
    const iterator = lines[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await Promise.race([iterator.next(), broken]);
        if (next.done) break;
        yield next.value;
      }
    } catch (error) {
      if (signal.aborted) throw cancelled();
      throw failureOfRequest(this.context, this.#server(), error);
    } finally {
      lines.close();
      response.destroy();
    }
  }

  /** Sends a request and resolves with a successful answer. Refused credentials are read anew once. */
  async #send(call: Call, signal: AbortSignal): Promise<IncomingMessage> {
    // A view watches many kinds by one signal; Node would take its eleventh listener for a leak.
    setMaxListeners(0, signal);
    for (let attempt = 1; ; attempt += 1) {
      if (signal.aborted) throw cancelled();
      let response: IncomingMessage;
      try {
        response = await this.#open(call, signal);
      } catch (error) {
        if (signal.aborted) throw cancelled();
        throw failureOfRequest(this.context, this.#server(), error);
      }
      const statusCode = response.statusCode ?? 0;
      if (statusCode >= 200 && statusCode < 300) return response;
      const body = await readAll(response).catch(() => '');
      if (statusCode === 401 && attempt === 1) {
        this.#config = undefined;
        continue;
      }
      throw failureOfStatus(this.context, call.asks, statusCode, body);
    }
  }

  async #open(call: Call, signal: AbortSignal): Promise<IncomingMessage> {
    const config = this.#currentConfig();
    const url = new URL(this.#server() + call.path);
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined && value !== '') url.searchParams.set(name, String(value));
    }
    const options: RequestOptions = { method: call.method };
    try {
      await config.applyToHTTPSOptions(options);
    } catch (error) {
      throw new Failure('unauthorised', `The credentials of context ${this.context} cannot be had.`, {
        said: error instanceof Error ? error.message.trim() : String(error),
        advice: 'Log in to the cluster again.',
      });
    }
    const isHttps = url.protocol === 'https:';
    if (!config.getCurrentCluster()?.proxyUrl) options.agent = this.#agent(isHttps, options);
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    options.headers = {
      ...options.headers,
      Accept: call.accept ?? 'application/json',
      'User-Agent': 'slipway',
      ...(body === undefined
        ? {}
        : { 'Content-Type': call.contentType ?? 'application/json', 'Content-Length': Buffer.byteLength(body) }),
    };
    options.signal = signal;
    return new Promise((resolve, reject) => {
      const request = (isHttps ? httpsRequest : httpRequest)(url, options, resolve);
      const silence = call.silenceMilliseconds ?? answerTimeoutMilliseconds;
      if (silence > 0) {
        request.setTimeout(silence, () =>
          request.destroy(new Error(`Nothing was heard for ${Math.round(silence / 1000)} seconds.`)),
        );
      }
      request.once('error', reject);
      request.end(body);
    });
  }

  #server(): string {
    return this.#config?.getCurrentCluster()?.server ?? '';
  }

  #agent(isHttps: boolean, { ca, cert, key, rejectUnauthorized, servername }: RequestOptions): HttpAgent | HttpsAgent {
    const tls = {
      ...(ca === undefined ? {} : { ca }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
      ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }),
      ...(servername === undefined ? {} : { servername }),
    };
    this.#agents ??= {
      http: new HttpAgent({ keepAlive: true }),
      https: new HttpsAgent({ keepAlive: true, ...tls }),
    };
    return isHttps ? this.#agents.https : this.#agents.http;
  }
}

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Runs a command through the exec subresource; the exit code comes in the closing Status object. */
function runInContainer(config: KubeConfig, request: ExecRequest, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    let answered = false;
    new Exec(config)
      .exec(
        request.namespace,
        request.pod,
        request.container,
        [...request.command],
        request.stdout as never,
        (request.stderr ?? null) as never,
        (request.stdin ?? null) as never,
        request.tty ?? false,
        (status) => {
          answered = true;
          const code = status.details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message;
          if (status.status === 'Success') resolve(0);
          else if (code !== undefined) resolve(Number(code));
          else reject(new Error(status.message ?? 'The command could not be run.'));
        },
      )
      .then((socket) => {
        const stop = (): void => socket.close();
        signal.addEventListener('abort', stop, { once: true });
        socket.on('close', () => {
          signal.removeEventListener('abort', stop);
          if (!answered) reject(new Error('The connection to the container was closed.'));
        });
      }, reject);
  });
}
