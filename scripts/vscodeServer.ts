import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { VscodeHost } from './vscodeHost.ts';

/** Settings of a profile that nobody has used yet: a quiet window, and files saved when the person says so. */
const FIRST_SETTINGS: Readonly<Record<string, unknown>> = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'git.openRepositoryInParentFolders': 'never',
  // A browser would otherwise save every keystroke; the desktop does not.
  'files.autoSave': 'off',
};

const READY = /Extension host agent listening on (\d+)/;
const READY_TIMEOUT_MILLISECONDS = 120_000;
const STOP_TIMEOUT_MILLISECONDS = 5000;
const KEPT_OUTPUT_CHARACTERS = 1_000_000;

/**
 * Runs inside the server before its own code: a server whose starter was killed outright must not stay behind. The guard
 * applies to this process alone; the extension host watches its server itself.
 */
const PARENT_GUARD = `data:text/javascript,${encodeURIComponent(
  'const parent = process.ppid; setInterval(() => { if (process.ppid !== parent) process.exit(1); }, 1000).unref();',
)}`;

/** How to start a VS Code server. */
export interface VscodeServerOptions {
  readonly host: VscodeHost;
  /** Holds settings, extensions and logs. It is created when missing; nothing outside of it is written. */
  readonly profileFolder: string;
  /** The extensions, where they do not belong in the profile. */
  readonly extensionsFolder?: string;
  /** 0 takes any free port. */
  readonly port?: number;
  /** `ask` opens a folder in Restricted Mode until the person trusts it; `trusted` trusts every folder that is opened. */
  readonly workspaceTrust: 'ask' | 'trusted';
  /** Further arguments of VS Code's server. */
  readonly arguments?: readonly string[];
  /** Settings laid over those of a new profile. An existing settings file is the person's and stays as it is. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly environment?: NodeJS.ProcessEnv;
}

/** What to open in a window. Paths are absolute. */
export interface WindowContents {
  readonly folder?: string;
  readonly file?: string;
  /** Further pairs for the workbench, such as the extension under development. */
  readonly payload?: readonly (readonly [key: string, value: string])[];
}

/** A running server. It answers on the loopback interface alone, and only to those who know its token. */
export interface VscodeServer {
  readonly port: number;
  /** The address of a window with these contents. */
  address(contents: WindowContents): string;
  /** How the server names a file of this machine. */
  uri(path: string): string;
  /** The end of what the server has printed. */
  output(): string;
  /** Settles when the server has ended, by itself or by {@link stop}. */
  readonly ended: Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }>;
  /** Ends the server with everything that it has started. */
  stop(): Promise<void>;
}

/** Starts a server and waits until it answers. */
export async function startVscodeServer(options: VscodeServerOptions): Promise<VscodeServer> {
  const { host, profileFolder, port = 0, workspaceTrust } = options;
  await prepareProfile(profileFolder, options.settings);
  const token = randomBytes(16).toString('hex');
  const child = spawn(
    host.node,
    [
      ...['--import', PARENT_GUARD, host.serverMain, ...profileArguments(options)],
      ...['--host', '127.0.0.1', '--port', String(port), '--connection-token', token, '--telemetry-level', 'off'],
      ...(workspaceTrust === 'trusted' ? ['--disable-workspace-trust'] : []),
      ...(options.arguments ?? []),
    ],
    // A process group of its own can be ended as a whole, and does not get the Ctrl+C that is meant for its starter.
    { stdio: ['ignore', 'pipe', 'pipe'], detached: true, env: serverEnvironment(options.environment) },
  );
  const ended = new Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }>((settle, reject) => {
    child.once('error', reject).once('close', (exitCode, signal) => settle({ exitCode, signal }));
  });
  const output = collectOutput(child, join(profileFolder, 'server.log'));
  const stop = () => stopGroup(child, ended);
  try {
    const actualPort = await Promise.race([
      readyPort(child, output),
      ended.then(({ exitCode, signal }) => Promise.reject(startFailure(`ended with ${exitCode ?? signal}`, output()))),
      delay(READY_TIMEOUT_MILLISECONDS, undefined, { ref: false }).then(() =>
        Promise.reject(startFailure(`did not answer within ${READY_TIMEOUT_MILLISECONDS / 1000} s`, output())),
      ),
    ]);
    const uri = (path: string) => `vscode-remote://127.0.0.1:${actualPort}${uriPath(path)}`;
    return {
      port: actualPort,
      uri,
      address: (contents) => windowAddress(actualPort, token, contents, uri),
      output,
      ended,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Installs a packaged extension into the profile, over an older or equal version of it. */
export async function installExtension(host: VscodeHost, profileFolder: string, vsixFile: string): Promise<void> {
  await prepareProfile(profileFolder);
  const child = spawn(
    host.node,
    [host.serverMain, ...profileArguments({ profileFolder }), '--install-extension', vsixFile, '--force'],
    { stdio: ['ignore', 'pipe', 'pipe'], env: serverEnvironment() },
  );
  const output = collectOutput(child, join(profileFolder, 'install.log'));
  await new Promise((settle, reject) => child.once('error', reject).once('close', settle));
  // The exit code is 0 even when the installation fails.
  if (!output().includes('was successfully installed')) {
    throw new Error(`VS Code did not install ${vsixFile}:\n${output()}`);
  }
}

/** The address that opens `contents`; pure, so that its form can be tested without a server. */
export function windowAddress(
  port: number,
  token: string,
  { folder, file, payload = [] }: WindowContents,
  uri: (path: string) => string,
): string {
  const query = new URLSearchParams({ tkn: token });
  if (folder) query.set('folder', uriPath(folder));
  else query.set('ew', 'true');
  const pairs = [...payload, ...(file ? [['openFile', uri(file)] as const] : [])];
  if (pairs.length) query.set('payload', JSON.stringify(pairs));
  return `http://127.0.0.1:${port}/?${query}`;
}

function uriPath(path: string): string {
  return decodeURIComponent(pathToFileURL(resolve(path)).pathname);
}

function profileArguments({
  profileFolder,
  extensionsFolder = join(profileFolder, 'extensions'),
}: Pick<VscodeServerOptions, 'profileFolder' | 'extensionsFolder'>): string[] {
  return [
    '--accept-server-license-terms',
    ...['--server-data-dir', profileFolder],
    ...['--user-data-dir', profileFolder],
    ...['--extensions-dir', extensionsFolder],
  ];
}

/** No gallery: the one request that this VS Code would send to the outside. */
function serverEnvironment(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return { ...environment, EXTENSIONS_GALLERY: '{}' };
}

async function prepareProfile(profileFolder: string, settings: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const settingsFile = join(profileFolder, 'User', 'settings.json');
  await mkdir(join(profileFolder, 'User'), { recursive: true });
  const exists = await access(settingsFile).then(
    () => true,
    () => false,
  );
  if (!exists) await writeFile(settingsFile, `${JSON.stringify({ ...FIRST_SETTINGS, ...settings }, null, 2)}\n`);
}

function collectOutput(child: ChildProcess, logFile: string): () => string {
  const log = createWriteStream(logFile);
  let collected = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      log.write(chunk);
      collected = (collected + chunk).slice(-KEPT_OUTPUT_CHARACTERS);
    });
  }
  child.once('close', () => log.end());
  return () => collected;
}

function readyPort(child: ChildProcess, output: () => string): Promise<number> {
  return new Promise((settle) => {
    child.stdout?.on('data', () => {
      const port = READY.exec(output())?.[1];
      if (port) settle(Number(port));
    });
  });
}

function startFailure(what: string, output: string): Error {
  return new Error(`The VS Code server ${what}:\n${output.slice(-2000)}`);
}

async function stopGroup(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (child.pid === undefined) return;
    try {
      // A negative number means the group; Windows has none, and ends children with their parent.
      if (process.platform === 'win32') child.kill(signal);
      else process.kill(-child.pid, signal);
    } catch (error) {
      // Nobody is left in the group.
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw error;
    }
    await Promise.race([ended, delay(STOP_TIMEOUT_MILLISECONDS)]);
  }
}
