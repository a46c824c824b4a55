import { isUtf8 } from 'node:buffer';
import { type Dirent, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** A file that was read, or the words why a file or folder could not be. */
export type FoundFile =
  | { readonly uri: string; readonly text: string }
  | { readonly uri: string; readonly problem: 'not-readable' | 'not-text' | 'too-large'; readonly message: string };

/** Folders that hold what tools made or fetched, never what a person edits. */
const SKIPPED_FOLDERS = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  'vendor',
  'target',
  'dist',
  '.venv',
  'venv',
  '__pycache__',
  '.gradle',
  '.idea',
  '.vscode',
  '.cache',
]);

type Now<T> = T | Promise<T>;

/** How the disk is asked. */
export interface DiskAccess {
  readdir(folder: string): Now<Dirent[]>;
  readFile(file: string): Now<Buffer>;
  realpath(name: string): Now<string>;
  stat(name: string): Now<Stats>;
}

/** Lets the process do other things meanwhile: for servers, which must answer while a slow disk is read. */
const WAITING: DiskAccess = { readdir: (folder) => readdir(folder, { withFileTypes: true }), readFile, realpath, stat };

/** Does nothing else meanwhile, in a fraction of the time: for programs that have nothing else to do. */
export const BLOCKING: DiskAccess = {
  readdir: (folder) => readdirSync(folder, { withFileTypes: true }),
  readFile: (file) => readFileSync(file),
  realpath: (name) => realpathSync(name),
  stat: (name) => statSync(name),
};

/** Larger files are data, not something a person edits. */
const FILE_LIMIT_BYTES = 20_000_000;

/**
 * Reads the files below `start` (a file or folder) whose URI `isOfInterest`, in a stable order. Symbolic links to files are read;
 * links to folders are followed only when they lead out of what is read anyway, so cycles end. An unreadable file
 * or folder is reported and costs nothing else. Rejects with ENOENT when `start` does not exist, and when `signal` aborts.
 */
export async function* readWorkspace(
  start: string,
  isOfInterest: (uri: string) => boolean,
  signal?: AbortSignal,
  disk: DiskAccess = WAITING,
): AsyncGenerator<FoundFile> {
  const root = path.resolve(start);
  if (!(await disk.stat(root)).isDirectory()) {
    yield await readOne(root, disk);
    return;
  }
  const visited = new Set<string>([await disk.realpath(root)]);
  yield* readFolder(root, isOfInterest, visited, signal, disk);
}

async function* readFolder(
  folder: string,
  isOfInterest: (uri: string) => boolean,
  visited: Set<string>,
  signal: AbortSignal | undefined,
  disk: DiskAccess,
): AsyncGenerator<FoundFile> {
  signal?.throwIfAborted();
  let entries: Dirent[];
  try {
    entries = await disk.readdir(folder);
  } catch (error) {
    yield {
      uri: pathToFileURL(folder).href,
      problem: 'not-readable',
      message: `This folder cannot be read: ${words(error)}.`,
    };
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const child = path.join(folder, entry.name);
    const isFolder = entry.isSymbolicLink() ? await leadsToNewFolder(child, visited, disk) : entry.isDirectory();
    if (isFolder) {
      if (!SKIPPED_FOLDERS.has(entry.name)) yield* readFolder(child, isOfInterest, visited, signal, disk);
      continue;
    }
    if (!entry.isFile() && !entry.isSymbolicLink()) continue;
    if (isOfInterest(pathToFileURL(child).href) && !(entry.isSymbolicLink() && !(await isReadableFile(child, disk))))
      yield await readOne(child, disk);
  }
}

async function leadsToNewFolder(link: string, visited: Set<string>, disk: DiskAccess): Promise<boolean> {
  try {
    const target = await disk.realpath(link);
    if (!(await disk.stat(target)).isDirectory()) return false;
    const isInside = [...visited].some(
      (known) => target === known || target.startsWith(known + path.sep) || known.startsWith(target + path.sep),
    );
    if (!isInside) visited.add(target);
    return !isInside;
  } catch {
    // A dangling link is nothing to read.
    return false;
  }
}

async function isReadableFile(link: string, disk: DiskAccess): Promise<boolean> {
  try {
    return (await disk.stat(link)).isFile();
  } catch {
    return false;
  }
}

/** Reads one file as UTF-8 (a BOM is dropped, as editors do) or says why that is not possible. */
export async function readOne(file: string, disk: DiskAccess = WAITING): Promise<FoundFile> {
  const uri = pathToFileURL(file).href;
  let bytes: Buffer;
  try {
    const { size } = await disk.stat(file);
    if (size > FILE_LIMIT_BYTES) {
      const message = `This file is larger than ${FILE_LIMIT_BYTES / 1_000_000} MB and is not checked.`;
      return { uri, problem: 'too-large', message };
    }
    bytes = await disk.readFile(file);
  } catch (error) {
    return { uri, problem: 'not-readable', message: `This file cannot be read: ${words(error)}.` };
  }
  const text = decode(bytes);
  return text === undefined
    ? { uri, problem: 'not-text', message: 'This file is not UTF-8 text and is not checked.' }
    : { uri, text };
}

function decode(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes.subarray(0, 8192).includes(0) || !isUtf8(bytes)) return undefined;
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bytes.toString('utf8', hasMark ? 3 : 0);
}

function words(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ENOENT') return 'it is gone';
  return error instanceof Error ? error.message : String(error);
}
