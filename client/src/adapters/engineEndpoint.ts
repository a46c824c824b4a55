import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../cluster/failure.ts';

/** Where a container engine listens. */
export interface EngineEndpoint {
  /** What it is called in messages and intents: the context's name, else the address. */
  readonly name: string;
  /** `unix:///…`, `npipe:////…`, `tcp://host:port` or `ssh://user@host`. */
  readonly host: string;
  readonly tls:
    | { readonly ca?: Buffer; readonly cert?: Buffer; readonly key?: Buffer; readonly verify: boolean }
    | undefined;
}

/** What the search for an engine looks at. */
export interface EngineSearch {
  readonly environment: NodeJS.ProcessEnv;
  readonly homeFolder: string;
  readonly platform: NodeJS.Platform;
  /** A docker context or an address, when the person chose one; it outranks the environment. */
  readonly chosen?: string;
}

/** The search as this machine and process would do it. */
export function ownEngineSearch(chosen?: string): EngineSearch {
  const search = { environment: process.env, homeFolder: homedir(), platform: process.platform };
  return chosen === undefined ? search : { ...search, chosen };
}

/** The folder of the docker client's configuration. */
export function dockerConfigFolder({ environment, homeFolder }: EngineSearch): string {
  return environment['DOCKER_CONFIG'] || join(homeFolder, '.docker');
}

/**
 * Finds the engine as the docker client does: what was chosen, `DOCKER_HOST`, `DOCKER_CONTEXT`, the current context of
 * the configuration, and then the first socket that is there, of Docker, Docker Desktop, Podman, Colima, Rancher
 * Desktop or a rootless engine. Throws `unreachable` when there is none and `not-found` for an unknown context.
 */
export function resolveEngine(search: EngineSearch): EngineEndpoint {
  const { environment, chosen } = search;
  if (chosen?.includes('://')) return { name: chosen, host: chosen, tls: tlsOfEnvironment(search) };
  if (chosen !== undefined && chosen !== 'default') return ofContext(chosen, search);
  const host = environment['DOCKER_HOST'];
  if (host) return { name: host, host: host.includes('://') ? host : `tcp://${host}`, tls: tlsOfEnvironment(search) };
  const context = chosen ?? (environment['DOCKER_CONTEXT'] || currentContext(search));
  if (context && context !== 'default') return ofContext(context, search);
  return defaultSocket(search);
}

function currentContext(search: EngineSearch): string | undefined {
  const file = join(dockerConfigFolder(search), 'config.json');
  if (!existsSync(file)) return undefined;
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { currentContext?: string }).currentContext;
  } catch (error) {
    throw new Failure('invalid', `The docker configuration ${file} cannot be read.`, {
      said: error instanceof Error ? error.message : String(error),
      places: [{ file }],
    });
  }
}

/** Contexts lie in folders named by the SHA-256 of their names. */
function ofContext(name: string, search: EngineSearch): EngineEndpoint {
  const id = createHash('sha256').update(name).digest('hex');
  const root = join(dockerConfigFolder(search), 'contexts');
  const file = join(root, 'meta', id, 'meta.json');
  if (!existsSync(file)) {
    throw new Failure('not-found', `There is no docker context ${name}.`, {
      advice: 'See docker context ls for those that there are.',
    });
  }
  const meta = JSON.parse(readFileSync(file, 'utf8')) as {
    Endpoints?: { docker?: { Host?: string; SkipTLSVerify?: boolean } };
  };
  const docker = meta.Endpoints?.docker;
  if (!docker?.Host) throw new Failure('invalid', `Docker context ${name} names no engine.`, { places: [{ file }] });
  return { name, host: docker.Host, tls: tlsOfFolder(join(root, 'tls', id, 'docker'), !docker.SkipTLSVerify) };
}

function tlsOfEnvironment(search: EngineSearch): EngineEndpoint['tls'] {
  const { environment } = search;
  const verify = Boolean(environment['DOCKER_TLS_VERIFY']);
  if (!verify && !environment['DOCKER_TLS']) return undefined;
  return tlsOfFolder(environment['DOCKER_CERT_PATH'] || dockerConfigFolder(search), verify);
}

function tlsOfFolder(folder: string, verify: boolean): EngineEndpoint['tls'] {
  const read = (name: string): Buffer | undefined => {
    const file = join(folder, name);
    return existsSync(file) ? readFileSync(file) : undefined;
  };
  const [ca, cert, key] = [read('ca.pem'), read('cert.pem'), read('key.pem')];
  if (!ca && !cert && !key) return undefined;
  return { verify, ...(ca ? { ca } : {}), ...(cert ? { cert } : {}), ...(key ? { key } : {}) };
}

function defaultSocket(search: EngineSearch): EngineEndpoint {
  const { homeFolder, environment, platform } = search;
  if (platform === 'win32') {
    const host = 'npipe:////./pipe/docker_engine';
    return { name: 'default', host, tls: undefined };
  }
  const runtime = environment['XDG_RUNTIME_DIR'];
  const sockets = [
    '/var/run/docker.sock',
    join(homeFolder, '.docker/run/docker.sock'),
    ...(runtime ? [join(runtime, 'docker.sock'), join(runtime, 'podman/podman.sock')] : []),
    join(homeFolder, '.colima/default/docker.sock'),
    join(homeFolder, '.rd/docker.sock'),
    '/run/podman/podman.sock',
  ];
  const socket = sockets.find((file) => existsSync(file));
  if (socket === undefined) {
    throw new Failure('unreachable', 'No container engine was found on this machine.', {
      said: `Looked for ${sockets.join(', ')}.`,
      advice: 'Start Docker, Podman or another engine with a Docker socket, or set DOCKER_HOST.',
    });
  }
  return { name: 'default', host: `unix://${socket}`, tls: undefined };
}
