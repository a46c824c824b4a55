import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../cluster/failure.ts';
import { runProgram } from './childProcess.ts';
import { dockerConfigFolder, type EngineSearch } from './engineEndpoint.ts';

/** A login to a registry. Kept only as long as one request needs it; never logged or stored. */
export interface RegistryCredentials {
  readonly username: string;
  readonly password: string;
  /** A token that stands in for name and password. */
  readonly identityToken: string;
}

interface DockerConfig {
  readonly auths?: Readonly<Record<string, { readonly auth?: string; readonly identitytoken?: string }>>;
  readonly credsStore?: string;
  readonly credHelpers?: Readonly<Record<string, string>>;
}

/** Docker's own registry is known to logins by its old address. */
const dockerHubKey = 'https://index.docker.io/v1/';

/**
 * The person's own login to a registry, from Docker's configuration file or the credential helper that it names.
 * Undefined when there is none. A helper is a program: in a workspace that is not trusted it is not run, and
 * `untrusted` is thrown.
 */
export async function registryCredentials(
  registry: string,
  search: EngineSearch,
  trusted: boolean,
  signal: AbortSignal,
): Promise<RegistryCredentials | undefined> {
  const config = readConfig(search);
  const keys = registry === 'docker.io' ? [dockerHubKey, 'index.docker.io', 'docker.io'] : [registry];
  const key = keys.find((candidate) => config.credHelpers?.[candidate]) ?? keys[0] ?? registry;
  const helper = config.credHelpers?.[key] ?? config.credsStore;
  if (helper) {
    if (!trusted) {
      throw new Failure(
        'untrusted',
        `The login to ${registry} comes from the program docker-credential-${helper}, which is not run here.`,
        {
          advice: 'Trust this workspace to let the program run.',
        },
      );
    }
    const found = await askHelper(helper, key, search, signal);
    if (found) return found;
  }
  const entry = Object.entries(config.auths ?? {}).find(
    ([name]) => keys.includes(name) || keys.includes(hostOf(name)),
  )?.[1];
  if (!entry?.auth && !entry?.identitytoken) return undefined;
  const decoded = Buffer.from(entry.auth ?? '', 'base64')
    .toString('utf8')
    .replace(/\0+$/, '');
  const colon = decoded.indexOf(':');
  return {
    username: colon >= 0 ? decoded.slice(0, colon) : '',
    password: colon >= 0 ? decoded.slice(colon + 1) : '',
    identityToken: entry.identitytoken ?? '',
  };
}

function readConfig(search: EngineSearch): DockerConfig {
  const file = join(dockerConfigFolder(search), 'config.json');
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DockerConfig;
  } catch {
    // The parser's message could quote a login, so it is not passed on.
    throw new Failure('invalid', `The docker configuration ${file} is not valid JSON.`, { places: [{ file }] });
  }
}

async function askHelper(
  helper: string,
  key: string,
  search: EngineSearch,
  signal: AbortSignal,
): Promise<RegistryCredentials | undefined> {
  const command = `docker-credential-${helper}`;
  const run = { command, arguments: ['get'], environment: search.environment, stdin: key };
  const { exitCode, stdout } = await runProgram(run, signal);
  if (exitCode !== 0) {
    if (/credentials not found/i.test(stdout)) return undefined;
    throw new Failure('unauthorised', `${command} gave no login to ${key}.`, {
      advice: 'Run docker login for this registry.',
    });
  }
  const { Username = '', Secret = '' } = JSON.parse(stdout) as { Username?: string; Secret?: string };
  return Username === '<token>'
    ? { username: '', password: '', identityToken: Secret }
    : { username: Username, password: Secret, identityToken: '' };
}

function hostOf(name: string): string {
  return name.replace(/^https?:\/\//, '').split('/')[0] ?? name;
}
