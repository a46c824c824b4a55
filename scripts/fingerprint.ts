import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** Folders of what others have built or installed: large, and nothing that is read here. */
const SKIPPED_FOLDERS = new Set([
  '.git',
  '.pytest_cache',
  '.venv',
  '__pycache__',
  'bin',
  'node_modules',
  'obj',
  'target',
]);

/**
 * A digest of everything under `paths` (files or folders, relative to `root`): names and contents, not times, so that a
 * fresh checkout of the same commit has the same fingerprint. A path that does not exist counts as such. `extras` are
 * mixed in.
 */
export async function fingerprint(
  root: string,
  paths: readonly string[],
  extras: readonly string[] = [],
): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(extras));
  for (const path of [...paths].sort()) {
    for (const file of await filesUnder(root, path)) {
      const content = createHash('sha256').update(await readFile(join(root, file)));
      hash.update(JSON.stringify([file.split(sep).join('/'), content.digest('hex')]));
    }
  }
  return hash.digest('hex');
}

/** Files under one path, sorted, so that the digest does not depend on how the file system lists them. */
async function filesUnder(root: string, path: string): Promise<string[]> {
  try {
    const entries = await readdir(join(root, path), { withFileTypes: true });
    const nested = entries
      .filter((entry) => !(entry.isDirectory() && SKIPPED_FOLDERS.has(entry.name)))
      .map((entry) => (entry.isDirectory() ? filesUnder(root, join(path, entry.name)) : [join(path, entry.name)]));
    return (await Promise.all(nested)).flat().sort();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOTDIR') return [path];
    if (code === 'ENOENT') return [];
    throw error;
  }
}
