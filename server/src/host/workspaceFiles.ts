import type { Dirent } from 'node:fs';
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
): AsyncGenerator<FoundFile> {
  const root = path.resolve(start);
  if (!(await stat(root)).isDirectory()) {
    yield await readOne(root);
    return;
  }
  const visited = new Set<string>([await realpath(root)]);
  yield* readFolder(root, isOfInterest, visited, signal);
}

async function* readFolder(
  folder: string,
  isOfInterest: (uri: string) => boolean,
  visited: Set<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<FoundFile> {
  signal?.throwIfAborted();
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
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
    const isFolder = entry.isSymbolicLink() ? await leadsToNewFolder(child, visited) : entry.isDirectory();
    if (isFolder) {
      if (!SKIPPED_FOLDERS.has(entry.name)) yield* readFolder(child, isOfInterest, visited, signal);
      continue;
    }
    if (!entry.isFile() && !entry.isSymbolicLink()) continue;
    if (isOfInterest(pathToFileURL(child).href) && !(entry.isSymbolicLink() && !(await isReadableFile(child))))
      yield await readOne(child);
  }
}

async function leadsToNewFolder(link: string, visited: Set<string>): Promise<boolean> {
  try {
    const target = await realpath(link);
    if (!(await stat(target)).isDirectory()) return false;
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

async function isReadableFile(link: string): Promise<boolean> {
  try {
    return (await stat(link)).isFile();
  } catch {
    return false;
  }
}

/** Reads one file as UTF-8 (a BOM is dropped, as editors do) or says why that is not possible. */
export async function readOne(file: string): Promise<FoundFile> {
  const uri = pathToFileURL(file).href;
  let bytes: Buffer;
  try {
    const { size } = await stat(file);
    if (size > FILE_LIMIT_BYTES) {
      const message = `This file is larger than ${FILE_LIMIT_BYTES / 1_000_000} MB and is not checked.`;
      return { uri, problem: 'too-large', message };
    }
    bytes = await readFile(file);
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
  if (bytes.subarray(0, 8192).includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function words(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ENOENT') return 'it is gone';
  return error instanceof Error ? error.message : String(error);
}
