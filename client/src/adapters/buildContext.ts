import { createReadStream, type Stats } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import ignore from '@balena/dockerignore';
import { pack } from 'tar-stream';
import { Failure } from '../cluster/failure.ts';

/** A build context as a tar stream, and the name of the Dockerfile in it. */
export interface BuildContext {
  readonly stream: NodeJS.ReadableStream;
  readonly dockerfile: string;
}

/** The Dockerfile of a build whose Dockerfile lies outside its context is sent along under this name. */
const foreignDockerfile = '.slipway.Dockerfile';

/**
 * Packs a folder for the classic builder, as the docker client does: `.dockerignore` (or `<Dockerfile>.dockerignore`)
 * says what stays out, and the Dockerfile itself is always sent. Symbolic links are sent as links and never followed.
 */
export async function buildContext(contextFolder: string, dockerfile: string): Promise<BuildContext> {
  const inside = relative(contextFolder, dockerfile).split(sep).join('/');
  const isInside = !inside.startsWith('../');
  const name = isInside ? inside : foreignDockerfile;
  const patterns = await ignorePatterns(contextFolder, dockerfile);
  const filter = ignore({ ignorecase: false }).add([
    ...patterns,
    ...(isInside ? [`!${inside}`] : []),
    '!.dockerignore',
  ]);
  const keeps = filter.createFilter();
  const hasExceptions = patterns.some((pattern) => pattern.startsWith('!'));
  const archive = pack();
  const fill = async (): Promise<void> => {
    if (!isInside) archive.entry({ name: foreignDockerfile }, await readFile(dockerfile));
    await addFolder('');
    archive.finalize();
  };
  const addFolder = async (folder: string): Promise<void> => {
    const entries = await readdir(join(contextFolder, folder), { withFileTypes: true });
    for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const kept = keeps(path);
      const holdsDockerfile = inside.startsWith(`${path}/`);
      if (entry.isDirectory()) {
        if (kept) await addEntry(path);
        if (kept || hasExceptions || holdsDockerfile) await addFolder(path);
      } else if (kept) await addEntry(path);
    }
  };
  const addEntry = async (path: string): Promise<void> => {
    const file = join(contextFolder, path);
    const stats: Stats = await lstat(file);
    const header = { name: path, mode: stats.mode & 0o7777, mtime: stats.mtime, uid: 0, gid: 0 };
    if (stats.isSymbolicLink()) archive.entry({ ...header, type: 'symlink', linkname: await readlink(file) });
    else if (stats.isDirectory()) archive.entry({ ...header, type: 'directory' });
    else if (stats.isFile()) await pipeline(createReadStream(file), archive.entry({ ...header, size: stats.size }));
  };
  const stream = new PassThrough();
  // An error of either reaches the reader through the stream.
  pipeline(archive, stream).catch(() => undefined);
  fill().catch((error: Error) => archive.destroy(error));
  return { stream, dockerfile: name };
}

async function ignorePatterns(contextFolder: string, dockerfile: string): Promise<string[]> {
  for (const file of [`${dockerfile}.dockerignore`, join(contextFolder, '.dockerignore')]) {
    try {
      const text = await readFile(file, 'utf8');
      return text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      throw new Failure('invalid', `${file} cannot be read.`, { said: (error as Error).message, places: [{ file }] });
    }
  }
  return [];
}
