import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';

/** One file of a package, its path relative to the package's root. */
export interface PackedFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Reads those files of a packed package (`.tgz`) that are `wanted`, one after another, without unpacking it to disk.
 *
 * @throws Error when the archive is broken.
 */
export async function readPackedFiles(
  archive: string,
  wanted: (path: string) => boolean,
  read: (file: PackedFile) => void,
  signal?: AbortSignal,
): Promise<void> {
  const files = extract();
  files.on('entry', ({ name, type }, content, next) => {
    // npm packs everything below one folder, usually `package/`.
    const path = name.slice(name.indexOf('/') + 1);
    if (type !== 'file' || !wanted(path)) {
      content.on('end', next).resume();
      return;
    }
    const chunks: Buffer[] = [];
    content.on('data', (chunk) => void chunks.push(chunk as Buffer));
    content.on('error', next);
    content.on('end', () => {
      try {
        read({ path, text: Buffer.concat(chunks).toString('utf8') });
        next();
      } catch (error) {
        next(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
  await pipeline(createReadStream(archive), createGunzip(), files, signal ? { signal } : {});
}
