import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { cancelled } from '../cluster/cancellation.ts';
import { Failure } from '../cluster/failure.ts';
import { formatImageReference, type ImageReference } from '../delivery/imageReference.ts';
import type { RegistryVersion } from '../delivery/images/registryVersion.ts';
import type { RegistryCredentials } from './dockerCredentials.ts';

/** The manifests that a HEAD request accepts: without these a registry answers with an old form of other digest. */
const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

const answerTimeoutMilliseconds = 20_000;

/** A registry of the OCI distribution specification, asked directly by HTTP. */
export class Registry {
  readonly #host: string;
  readonly #credentials: RegistryCredentials | undefined;

  constructor(registry: string, credentials: RegistryCredentials | undefined) {
    this.#host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
    this.#credentials = credentials;
  }

  /** The digest of a tag, or undefined when the registry has no such version. */
  async digest({ path, tag, digest }: ImageReference, signal: AbortSignal): Promise<string | undefined> {
    const answer = await this.#ask('HEAD', `/v2/${path}/manifests/${digest ?? tag ?? 'latest'}`, path, signal);
    if (answer.status === 404) return undefined;
    const found = answer.headers['docker-content-digest'];
    if (answer.status !== 200 || typeof found !== 'string') throw this.#refused('look for this version', answer.status);
    return found;
  }

  /** All tags of a repository, as the registry orders them; none for a repository that it does not have. */
  async tags(path: string, signal: AbortSignal): Promise<string[]> {
    const tags: string[] = [];
    let next: string | undefined = `/v2/${path}/tags/list?n=1000`;
    while (next !== undefined) {
      const answer: Answer = await this.#ask('GET', next, path, signal);
      if (answer.status === 404) return [];
      if (answer.status !== 200) throw this.#refused(`list the tags of ${path}`, answer.status);
      tags.push(...((JSON.parse(answer.body) as { tags?: string[] | null }).tags ?? []));
      next = /<([^>]+)>;\s*rel="?next"?/.exec(String(answer.headers['link'] ?? ''))?.[1];
    }
    return tags;
  }

  /**
   * A version with its layers and configuration, for the wanted platform where it has that, else for its first. Undefined
   * when the registry has no such version.
   */
  async version(image: ImageReference, platform: string, signal: AbortSignal): Promise<RegistryVersion | undefined> {
    const { digest, path, tag } = image;
    const read = (name: string): Promise<Answer> => this.#ask('GET', `/v2/${path}/manifests/${name}`, path, signal);
    const top = await read(digest ?? tag ?? 'latest');
    if (top.status === 404) return undefined;
    if (top.status !== 200) throw this.#refused('read this version', top.status);
    const index = (JSON.parse(top.body) as Manifest).manifests?.filter(({ platform: of }) => of?.os !== 'unknown');
    const chosen = index?.find((entry) => platformOf(entry) === platform) ?? index?.[0];
    const answer = chosen ? await read(chosen.digest) : top;
    if (answer.status !== 200) throw this.#refused('read this version', answer.status);
    const manifest = JSON.parse(answer.body) as Manifest;
    const configDigest = manifest.config?.digest;
    if (configDigest === undefined) throw this.#refused('read the configuration of this version', answer.status);
    const blob = await this.#ask('GET', `/v2/${path}/blobs/${configDigest}`, path, signal);
    if (blob.status !== 200) throw this.#refused('read the configuration of this version', blob.status);
    const config = JSON.parse(blob.body) as StoredConfig;
    const own = `${config.os ?? 'linux'}/${config.architecture ?? 'amd64'}${config.variant ? `/${config.variant}` : ''}`;
    return {
      reference: formatImageReference(image),
      digest: String(top.headers['docker-content-digest'] ?? digest ?? ''),
      platform: own,
      platforms: index ? index.map(platformOf) : [own],
      createdAt: config.created && !/^(?:0001|1970)-/.test(config.created) ? config.created : undefined,
      layers: (manifest.layers ?? []).map(({ digest: layer, size }) => ({ digest: layer, sizeBytes: size })),
      config: {
        environment: Object.fromEntries(
          (config.config?.Env ?? []).map((entry) => [entry.split('=')[0] ?? '', entry.slice(entry.indexOf('=') + 1)]),
        ),
        labels: { ...config.config?.Labels },
        entrypoint: config.config?.Entrypoint ?? [],
        command: config.config?.Cmd ?? [],
        exposedPorts: Object.keys(config.config?.ExposedPorts ?? {}),
        volumes: Object.keys(config.config?.Volumes ?? {}),
        workingFolder: config.config?.WorkingDir ?? '',
        user: config.config?.User ?? '',
      },
    };
  }

  async #ask(method: string, path: string, repository: string, signal: AbortSignal): Promise<Answer> {
    const url = new URL(path, `${this.#scheme()}://${this.#host}`);
    const first = await send(method, url, { Accept: manifestTypes }, signal);
    if (first.status !== 401) return this.#followed(method, url, first, signal);
    const authorization = await this.#authorization(
      String(first.headers['www-authenticate'] ?? ''),
      repository,
      signal,
    );
    if (authorization === undefined) throw this.#refused('answer', 401);
    const answer = await send(method, url, { Accept: manifestTypes, Authorization: authorization }, signal);
    return this.#followed(method, url, answer, signal);
  }

  /** Registries keep blobs elsewhere and send there. The login stays here: the other place has one in its address. */
  async #followed(method: string, url: URL, answer: Answer, signal: AbortSignal): Promise<Answer> {
    const { location } = answer.headers;
    if (answer.status < 300 || answer.status >= 400 || location === undefined) return answer;
    return send(method, new URL(location, url), {}, signal);
  }

  /** Answers the registry's challenge: basic, or a bearer token from the server that it names. */
  async #authorization(challenge: string, repository: string, signal: AbortSignal): Promise<string | undefined> {
    const { username = '', password = '', identityToken = '' } = this.#credentials ?? {};
    const basic = username ? `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` : undefined;
    if (/^basic/i.test(challenge)) return basic;
    const parameters = new Map([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map((match) => [match[1], match[2] ?? '']));
    const realm = parameters.get('realm');
    if (realm === undefined) return undefined;
    const url = new URL(realm);
    url.searchParams.set('service', parameters.get('service') ?? '');
    url.searchParams.set('scope', parameters.get('scope') || `repository:${repository}:pull`);
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'slipway',
      service: url.searchParams.get('service') ?? '',
      scope: url.searchParams.get('scope') ?? '',
      refresh_token: identityToken,
    }).toString();
    const answer = identityToken
      ? await send('POST', new URL(realm), { 'Content-Type': 'application/x-www-form-urlencoded' }, signal, body)
      : await send('GET', url, basic ? { Authorization: basic } : {}, signal);
    if (answer.status !== 200) throw this.#refused('give a token', answer.status);
    const { token, access_token: accessToken } = JSON.parse(answer.body) as { token?: string; access_token?: string };
    return `Bearer ${token ?? accessToken ?? ''}`;
  }

  /** Like Docker, plain HTTP is spoken only with registries on this machine. */
  #scheme(): string {
    return /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(this.#host) ? 'http' : 'https';
  }

  #refused(doing: string, status: number): Failure {
    const kind = status === 401 ? 'unauthorised' : status === 403 ? 'forbidden' : 'unreachable';
    return new Failure(kind, `Registry ${this.#host} could not ${doing} (status ${status}).`, {
      advice: kind === 'unreachable' ? 'Try again.' : `Run docker login ${this.#host}.`,
    });
  }
}

interface Manifest {
  readonly manifests?: readonly IndexEntry[];
  readonly config?: { readonly digest: string };
  readonly layers?: readonly { readonly digest: string; readonly size: number }[];
}

interface IndexEntry {
  readonly digest: string;
  readonly platform?: { readonly os?: string; readonly architecture?: string; readonly variant?: string };
}

/** A configuration of the OCI image specification. */
interface StoredConfig {
  readonly created?: string;
  readonly os?: string;
  readonly architecture?: string;
  readonly variant?: string;
  readonly config?: {
    readonly Env?: readonly string[] | null;
    readonly Labels?: Readonly<Record<string, string>> | null;
    readonly Entrypoint?: readonly string[] | null;
    readonly Cmd?: readonly string[] | null;
    readonly ExposedPorts?: Readonly<Record<string, unknown>> | null;
    readonly Volumes?: Readonly<Record<string, unknown>> | null;
    readonly WorkingDir?: string;
    readonly User?: string;
  };
}

function platformOf({ platform }: IndexEntry): string {
  const { architecture = 'amd64', os = 'linux', variant } = platform ?? {};
  return `${os}/${architecture}${variant ? `/${variant}` : ''}`;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

function send(
  method: string,
  url: URL,
  headers: Record<string, string>,
  signal: AbortSignal,
  body?: string,
): Promise<Answer> {
  return new Promise<Answer>((resolve, reject) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(
      url,
      { method, headers: { 'User-Agent': 'slipway', ...headers }, signal },
      async (response) => {
        try {
          const chunks: Buffer[] = [];
          for await (const chunk of response) chunks.push(chunk as Buffer);
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        } catch (error) {
          reject(error);
        }
      },
    );
    request.setTimeout(answerTimeoutMilliseconds, () => request.destroy(new Error('No answer came in time.')));
    request.once('error', reject);
    request.end(body);
  }).catch((error: unknown) => {
    if (signal.aborted) throw cancelled();
    throw new Failure('unreachable', `Registry ${url.host} does not answer.`, {
      said: error instanceof Error ? error.message : String(error),
      advice: 'Check that the registry runs and that this machine reaches it.',
    });
  });
}
