import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { BuildRequest, SecretSource } from '../../client/src/delivery/buildRequest.ts';
import { CommandLineError } from './commandLineError.ts';

/** The options of a build, as `parseOptions` takes them. */
export const BUILD_OPTIONS = {
  file: { type: 'string' },
  target: { type: 'string' },
  'build-arg': { type: 'string', multiple: true, default: [] as string[] },
  secret: { type: 'string', multiple: true, default: [] as string[] },
  ssh: { type: 'string', multiple: true, default: [] as string[] },
  platform: { type: 'string', multiple: true, default: [] as string[] },
  builder: { type: 'string' },
  'cache-from': { type: 'string', multiple: true, default: [] as string[] },
  'cache-to': { type: 'string', multiple: true, default: [] as string[] },
  'no-cache': { type: 'boolean' },
  pull: { type: 'boolean' },
} as const;

export const BUILD_USAGE = `  --file FILE             another Dockerfile than the one in the folder
  --target STAGE          the stage to build
  --build-arg KEY=VALUE   a build argument; may be given more than once
  --secret ID=SOURCE      a build secret: id=file or id=env:VARIABLE; may be given more than once
  --ssh ID[=KEY,…]        an SSH connection of the build: by the agent of this machine, or by a socket or private keys;
                          most Dockerfiles call it default; may be given more than once
  --platform PLATFORM     a platform to build for; with several the build goes straight to the registry
  --builder NAME          a builder of buildx
  --cache-from SOURCE     a cache to read, as docker buildx takes it; may be given more than once
  --cache-to TARGET       where to write the cache, as docker buildx takes it; may be given more than once
  --no-cache              builds every step anew
  --pull                  asks the registry for newer base images
`;

/** What was read of {@link BUILD_OPTIONS}, and what else a build depends on. */
export interface BuildValues {
  readonly file?: string | undefined;
  readonly target?: string | undefined;
  readonly 'build-arg': readonly string[];
  readonly secret: readonly string[];
  readonly ssh: readonly string[];
  readonly platform: readonly string[];
  readonly builder?: string | undefined;
  readonly 'cache-from': readonly string[];
  readonly 'cache-to': readonly string[];
  readonly 'no-cache'?: boolean | undefined;
  readonly pull?: boolean | undefined;
  readonly 'no-push'?: boolean | undefined;
  readonly test: readonly string[];
}

/** The build of a folder; throws CommandLineError for what is not there or cannot be built so. */
export function readBuild(folder: string, values: BuildValues): Omit<BuildRequest, 'reference'> {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new CommandLineError(`There is no folder '${folder}'.`);
  const dockerfile =
    values.file ?? ['Dockerfile', 'Containerfile'].map((name) => path.join(folder, name)).find(existsSync);
  if (dockerfile === undefined || !existsSync(dockerfile))
    throw new CommandLineError(
      values.file === undefined ? `There is no Dockerfile in '${folder}'.` : `There is no file '${values.file}'.`,
    );
  const { builder, platform, target } = values;
  const toRegistry = platform.length > 1 || (platform.length > 0 && values['no-push'] !== true && !values.test.length);
  if (platform.length > 1 && values['no-push'])
    throw new CommandLineError('An image for several platforms can only be built into the registry.');
  const ssh = values.ssh.map(connectionOf);
  const [cacheFrom, cacheTo] = [values['cache-from'].map(cacheOf), values['cache-to'].map(cacheOf)];
  return {
    contextFolder: path.resolve(folder),
    dockerfile: path.resolve(dockerfile),
    buildArguments: Object.fromEntries(values['build-arg'].map((text) => pairOf(text, '--build-arg'))),
    secrets: values.secret.map(secretOf),
    platforms: platform,
    output: toRegistry ? 'registry' : 'engine',
    ...(target === undefined ? {} : { target }),
    ...(builder === undefined ? {} : { builder }),
    ...(ssh.length > 0 ? { ssh } : {}),
    ...(cacheFrom.length > 0 ? { cacheFrom } : {}),
    ...(cacheTo.length > 0 ? { cacheTo } : {}),
    ...(values['no-cache'] ? { noCache: true } : {}),
    ...(values.pull ? { pull: true } : {}),
  };
}

function pairOf(text: string, option: string): [key: string, value: string] {
  const equals = text.indexOf('=');
  if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)];
  throw new CommandLineError(`${option} takes KEY=VALUE.`);
}

/** What is told of a mistake is the id alone: a value may have been written where a source belongs. */
function secretOf(text: string): SecretSource {
  const [id, source] = pairOf(text, '--secret');
  if (source.startsWith('env:')) return { id, environmentVariable: source.slice('env:'.length) };
  if (existsSync(source)) return { id, file: path.resolve(source) };
  throw new CommandLineError(`The file of the secret '${id}' is not there.`);
}

/** An SSH connection with whole paths: the build runs in its own folder. A key itself, given as text, is not repeated. */
function connectionOf(text: string): string {
  const equals = text.indexOf('=');
  const id = equals < 0 ? text : text.slice(0, equals);
  if (!/^[\w.-]+$/.test(id)) throw new CommandLineError('--ssh takes ID, or ID=KEY.');
  if (equals < 0) {
    if (process.env['SSH_AUTH_SOCK']) return id;
    throw new CommandLineError(`--ssh ${id} needs an SSH agent, and SSH_AUTH_SOCK names none. Give ${id}=KEY.`);
  }
  const files = text.slice(equals + 1).split(',');
  if (files.some((file) => !existsSync(file)))
    throw new CommandLineError(`The key or socket of the SSH connection '${id}' is not there.`);
  return `${id}=${files.map((file) => path.resolve(file)).join(',')}`;
}

/** A cache with whole paths, for the same reason; the rest is buildx's own. */
function cacheOf(text: string): string {
  const fields = text.split(',');
  if (!fields.includes('type=local')) return text;
  return fields
    .map((field) => field.replace(/^(src|dest)=(.+)$/, (_field, key, folder) => `${key}=${path.resolve(folder)}`))
    .join(',');
}
