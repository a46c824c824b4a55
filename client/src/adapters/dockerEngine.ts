import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { cancelled, throwIfCancelled } from '../cluster/cancellation.ts';
import { Failure } from '../cluster/failure.ts';
import type { BuildRequest, BuiltImage } from '../delivery/buildRequest.ts';
import type {
  BuildReport,
  ContainerResult,
  ContainerRun,
  HistoryEntry,
  ImageDescription,
  ImageEngine,
  ImageFiles,
  PushProgress,
} from '../delivery/imageEngine.ts';
import { formatImageReference, parseImageReference } from '../delivery/imageReference.ts';
import type { RegistryVersion } from '../delivery/images/registryVersion.ts';
import type { ImageLayer } from '../delivery/images/wastedBytes.ts';
import { buildWithBuildx, findBuildx } from './buildx.ts';
import { classicBuild, classicBuildNotice } from './classicBuild.ts';
import { containerFiles } from './containerArchive.ts';
import { CONTAINER_LABEL, runInContainers } from './containerRuns.ts';
import { dockerClient } from './dockerClient.ts';
import { type RegistryCredentials, registryCredentials } from './dockerCredentials.ts';
import { dockerFailure, registryFailure } from './dockerFailure.ts';
import { type EngineEndpoint, type EngineSearch, resolveEngine } from './engineEndpoint.ts';
import { Registry } from './registry.ts';
import { readSavedImage } from './savedImage.ts';

/** How an engine is reached and what it may do. */
export interface DockerEngineOptions {
  readonly search: EngineSearch;
  /** In a workspace that is not trusted nothing is built or run, and no credential helper is asked. */
  readonly trusted: boolean;
}

/** A container engine that speaks Docker's API, with BuildKit through buildx where that is installed. */
export class DockerEngine implements ImageEngine {
  readonly name: string;
  readonly #endpoint: EngineEndpoint;
  readonly #docker: Docker;
  readonly #options: DockerEngineOptions;

  constructor(options: DockerEngineOptions) {
    this.#options = options;
    this.#endpoint = resolveEngine(options.search);
    this.name = this.#endpoint.name;
    this.#docker = dockerClient(this.#endpoint);
  }

  async build(request: BuildRequest, report: (report: BuildReport) => void, signal: AbortSignal): Promise<BuiltImage> {
    this.#demandTrust(`Building ${request.reference}`);
    throwIfCancelled(signal);
    const { search } = this.#options;
    const buildx = await findBuildx(search, signal);
    const onProgress = (progress: Extract<BuildReport, { kind: 'progress' }>['progress']): void =>
      report({ kind: 'progress', progress });
    if (!buildx) report({ kind: 'notice', text: classicBuildNotice });
    const built = buildx
      ? await buildWithBuildx(buildx, this.#endpoint, search, request, onProgress, signal)
      : await this.#asking(`build ${request.reference}`, signal, () =>
          classicBuild(this.#docker, request, onProgress, signal),
        );
    if (request.output === 'registry') return built;
    const image = await this.describe(request.reference, signal);
    if (!image) {
      throw new Failure('build', `The engine ${this.name} does not have ${request.reference} after its build.`, {
        advice: 'The builder may keep its images elsewhere: build into the registry.',
      });
    }
    return { ...built, id: image.id };
  }

  async describe(reference: string, signal: AbortSignal): Promise<ImageDescription | undefined> {
    try {
      const found = await this.#asking(`look at ${reference}`, signal, () =>
        this.#docker.getImage(reference).inspect(),
      );
      return describeInspection(found);
    } catch (error) {
      if (error instanceof Failure && error.kind === 'not-found') return undefined;
      throw error;
    }
  }

  async history(reference: string, signal: AbortSignal): Promise<readonly HistoryEntry[]> {
    const entries = await this.#asking(`read the history of ${reference}`, signal, () =>
      this.#docker.getImage(reference).history(),
    );
    return (entries as { CreatedBy: string; Size: number }[]).map(({ CreatedBy, Size }) => ({
      createdBy: CreatedBy,
      sizeBytes: Size,
    }));
  }

  /** The files of each layer of an image in the store, the first layer first. The whole image is read once. */
  async layers(reference: string, signal: AbortSignal): Promise<readonly ImageLayer[]> {
    return this.#asking(`read the layers of ${reference}`, signal, async () => {
      const archive = (await this.#docker.getImage(reference).get()) as Readable;
      const stop = (): void => {
        archive.destroy(cancelled());
      };
      signal.addEventListener('abort', stop, { once: true });
      try {
        return await readSavedImage(archive);
      } finally {
        signal.removeEventListener('abort', stop);
      }
    });
  }

  async push(reference: string, report: (progress: PushProgress) => void, signal: AbortSignal): Promise<string> {
    const parsed = parseImageReference(reference);
    const tag = parsed.tag ?? 'latest';
    const repository = formatImageReference({ ...parsed, tag: undefined, digest: undefined });
    const authconfig = authOf(parsed.registry, await this.#credentials(parsed.registry, signal));
    const doing = `push ${reference}`;
    const stream = await this.#asking(doing, signal, () =>
      this.#docker.getImage(repository).push({ tag, authconfig, abortSignal: signal }),
    );
    const layers = new Map<string, PushProgress['layers'][number]>();
    let digest: string | undefined;
    let problem: string | undefined;
    await this.#asking(doing, signal, () => {
      const stop = (): void => {
        (stream as NodeJS.ReadableStream & { destroy(error: Error): void }).destroy(cancelled());
      };
      signal.addEventListener('abort', stop, { once: true });
      return new Promise<void>((resolve, reject) => {
        this.#docker.modem.followProgress(
          stream,
          (error) => (error ? reject(error) : resolve()),
          (message: PushMessage) => {
            digest = message.aux?.Digest ?? digest;
            problem = message.error ?? problem;
            if (!message.id || message.id === tag) return;
            layers.set(message.id, {
              id: message.id,
              status: message.status ?? '',
              ...transferOf(message),
            });
            report({ layers: [...layers.values()] });
          },
        );
      }).finally(() => signal.removeEventListener('abort', stop));
    });
    throwIfCancelled(signal);
    if (problem !== undefined) {
      throw registryFailure(doing, problem) ?? new Failure('push', `Pushing ${reference} failed.`, { said: problem });
    }
    const pushed = digest ?? (await this.remoteDigest(reference, signal));
    if (pushed === undefined) {
      throw new Failure('push', `The registry does not have ${reference} after the push.`, { advice: 'Push again.' });
    }
    return pushed;
  }

  async remoteDigest(reference: string, signal: AbortSignal): Promise<string | undefined> {
    const parsed = parseImageReference(reference);
    const credentials = await this.#credentials(parsed.registry, signal);
    try {
      // The engine is asked first: it may reach registries that this machine does not, and knows insecure ones.
      const answer = await this.#asking(`ask the registry for ${reference}`, signal, () =>
        this.#docker.getImage(reference).distribution({ authconfig: authOf(parsed.registry, credentials) }),
      );
      return answer.Descriptor.digest;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const { said } = error.report;
      const lacksEndpoint = /page not found|not implemented/i.test(said);
      if (!lacksEndpoint && /manifest unknown|not found|name unknown|no such manifest/i.test(said)) return undefined;
      if (!lacksEndpoint && (error.kind !== 'unreachable' || (await this.#answers(signal)))) throw error;
      // Podman lacks the endpoint, and a remote builder needs no engine at all: the registry can be asked from here.
      return new Registry(parsed.registry, credentials).digest(parsed, signal);
    }
  }

  async #answers(signal: AbortSignal): Promise<boolean> {
    try {
      await this.#asking('answer', signal, () => this.#docker.ping());
      return true;
    } catch (error) {
      if (error instanceof Failure && error.kind !== 'cancelled') return false;
      throw error;
    }
  }

  /** The versions that the registry has of a reference's repository. */
  async remoteTags(reference: string, signal: AbortSignal): Promise<readonly string[]> {
    const { registry, path } = parseImageReference(reference);
    return new Registry(registry, await this.#credentials(registry, signal)).tags(path, signal);
  }

  /** A version as its registry keeps it; undefined when it has no such version. */
  async remoteVersion(reference: string, platform: string, signal: AbortSignal): Promise<RegistryVersion | undefined> {
    const parsed = parseImageReference(reference);
    return new Registry(parsed.registry, await this.#credentials(parsed.registry, signal)).version(
      parsed,
      platform,
      signal,
    );
  }

  async run(request: ContainerRun, signal: AbortSignal): Promise<ContainerResult> {
    this.#demandTrust(`Running ${request.reference}`);
    try {
      return await runInContainers(this.#docker, request, this.#options.search.environment, signal);
    } catch (error) {
      throw dockerFailure(this.name, `run ${request.reference}`, error, signal);
    }
  }

  async openFiles(reference: string, signal: AbortSignal): Promise<ImageFiles> {
    this.#demandTrust(`Opening ${reference}`);
    const container = await this.#asking(`open ${reference}`, signal, () =>
      this.#docker.createContainer({ Image: reference, Entrypoint: ['/'], Labels: { [CONTAINER_LABEL]: 'files' } }),
    );
    const files = containerFiles(container);
    return {
      read: (path, withContent, readSignal) =>
        this.#asking(`read ${path} of ${reference}`, readSignal, () => files.read(path, withContent, readSignal)),
      readFolder: (path, hasContent, readSignal) =>
        this.#asking(`read ${path} of ${reference}`, readSignal, () => files.readFolder(path, hasContent, readSignal)),
      close: () => files.close(),
    };
  }

  /** Runs a request of the client to its end, cut short by the signal, with failures typed. */
  async #asking<T>(doing: string, signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
    throwIfCancelled(signal);
    let stop = (): void => {};
    const aborted = new Promise<never>((_, reject) => {
      stop = () => reject(cancelled());
      signal.addEventListener('abort', stop, { once: true });
    });
    try {
      return await Promise.race([ask(), aborted]);
    } catch (error) {
      throw dockerFailure(this.name, doing, error, signal);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  #credentials(registry: string, signal: AbortSignal): Promise<RegistryCredentials | undefined> {
    return registryCredentials(registry, this.#options.search, this.#options.trusted, signal);
  }

  #demandTrust(what: string): void {
    if (this.#options.trusted) return;
    throw new Failure('untrusted', `${what} runs programs, which is not done in this workspace.`, {
      advice: 'Trust the workspace first.',
    });
  }
}

interface PushMessage {
  readonly id?: string;
  readonly status?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly aux?: { readonly Digest?: string };
  readonly error?: string;
}

/** Engines count the tar around a layer as well, and so more bytes than the layer has. */
function transferOf({ progressDetail }: PushMessage): { currentBytes: number; totalBytes: number } {
  const { current = 0, total = 0 } = progressDetail ?? {};
  return { currentBytes: total > 0 ? Math.min(current, total) : current, totalBytes: total };
}

/** The engine wants a login with every push, an empty one where there is none. */
function authOf(registry: string, credentials: RegistryCredentials | undefined): Docker.AuthConfig {
  const serveraddress = registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry;
  const { username = '', password = '', identityToken = '' } = credentials ?? {};
  const login = identityToken ? { identitytoken: identityToken } : { username, password };
  return { ...login, serveraddress } as Docker.AuthConfig;
}

function describeInspection(found: Docker.ImageInspectInfo): ImageDescription {
  const config = found.Config as Partial<Docker.ImageInspectInfo['Config']> | null;
  const list = (value: string | readonly string[] | undefined | null): string[] =>
    value === undefined || value === null ? [] : typeof value === 'string' ? [value] : [...value];
  return {
    id: found.Id,
    repoDigests: found.RepoDigests ?? [],
    sizeBytes: found.Size,
    platform: `${found.Os}/${found.Architecture}`,
    config: {
      environment: Object.fromEntries(
        (config?.Env ?? []).map((entry) => [entry.split('=')[0] ?? '', entry.slice(entry.indexOf('=') + 1)]),
      ),
      labels: { ...config?.Labels },
      entrypoint: list(config?.Entrypoint),
      command: list(config?.Cmd),
      exposedPorts: Object.keys(config?.ExposedPorts ?? {}),
      volumes: Object.keys(config?.Volumes ?? {}),
      workingFolder: config?.WorkingDir ?? '',
      user: config?.User ?? '',
    },
  };
}
