import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';

/** What `npm start` is asked for. Paths are absolute. */
export interface StartOptions {
  /** Undefined takes the desktop where there is one. */
  readonly where: 'browser' | 'desktop' | undefined;
  readonly folder: string;
  readonly file: string | undefined;
  /** Whether the folder is opened as trusted; else VS Code opens it in Restricted Mode until the person trusts it. */
  readonly trusted: boolean;
  readonly port: number | undefined;
  readonly profileFolder: string;
  /** Things the person should know, such as a default that could not be kept. */
  readonly remarks: readonly string[];
}

/** The workspace that is opened when none is named, and the file that is shown first: the subsets of a canary. */
const EXAMPLE = 'examples/shop-with-faults';
const EXAMPLE_FILE = 'deploy/catalog/destination-rule.yaml';

export const START_USAGE = `npm start [-- [--browser | --desktop] [--trust] [--port NUMBER] [--profile FOLDER] [FOLDER [FILE]]]

Opens VS Code with Slipway on ${EXAMPLE}, or on FOLDER. The desktop VS Code is used when its command \`code\` is on
the PATH; else a real VS Code is served to your browser, on this machine alone. The project's own examples are trusted;
any other folder opens in Restricted Mode until you trust it there, or say --trust.`;

/** Reads the arguments. Throws with the usage where they do not make sense. */
export function parseStartOptions(parameters: readonly string[], root: string, workingFolder: string): StartOptions {
  const { values, positionals } = parseOrExplain(parameters);
  if (values.browser && values.desktop)
    throw new Error(`--browser and --desktop exclude each other.\n\n${START_USAGE}`);
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65_536)) {
    throw new Error(`${values.port} is not a port number.\n\n${START_USAGE}`);
  }
  const [namedFolder, namedFile] = positionals;
  const remarks: string[] = [];
  let folder = resolve(workingFolder, namedFolder ?? join(root, EXAMPLE));
  if (!isFolder(folder)) {
    if (namedFolder !== undefined) throw new Error(`There is no folder ${folder}.`);
    remarks.push(`There is no ${EXAMPLE} in this checkout, so the project itself is opened.`);
    folder = root;
  }
  let file = namedFile === undefined ? undefined : isAbsolute(namedFile) ? namedFile : join(folder, namedFile);
  if (file !== undefined && !existsSync(file)) throw new Error(`There is no file ${file}.`);
  const ownExample = `${folder}${sep}`.startsWith(join(root, 'examples') + sep);
  if (ownExample && existsSync(join(folder, EXAMPLE_FILE))) file ??= join(folder, EXAMPLE_FILE);
  return {
    where: values.browser ? 'browser' : values.desktop ? 'desktop' : undefined,
    folder,
    file,
    trusted: ownExample || (values.trust ?? false),
    port,
    profileFolder: resolve(workingFolder, values.profile ?? join(root, '.vscode-host-data')),
    remarks,
  };
}

/** Whether the example is opened because nothing else is named, or because it is. */
export function opensExample(parameters: readonly string[], root: string, workingFolder: string): boolean {
  const [named] = parseOrExplain(parameters).positionals;
  return named === undefined || resolve(workingFolder, named) === join(root, EXAMPLE);
}

function parseOrExplain(parameters: readonly string[]) {
  try {
    return parseArgs({
      args: [...parameters],
      allowPositionals: true,
      options: {
        browser: { type: 'boolean' },
        desktop: { type: 'boolean' },
        trust: { type: 'boolean' },
        port: { type: 'string' },
        profile: { type: 'string' },
      },
    });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n\n${START_USAGE}`);
  }
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
