import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { type FoundFile, readOne } from './workspaceFiles.ts';

const NAMES = ['slipway.yaml', 'slipway.yml', '.slipway.yaml', '.slipway.yml'];

/**
 * The `slipway.yaml` files above a folder or file, outermost last, up to the root of its repository: they count for what
 * is below, although nobody opened them. Without a repository, only those beside a file are looked at.
 */
export async function outerConfigurations(start: string): Promise<FoundFile[]> {
  const folders: string[] = [];
  let folder = path.resolve(start);
  let isInRepository = await exists(path.join(folder, '.git'));
  while (!isInRepository && path.dirname(folder) !== folder) {
    folder = path.dirname(folder);
    folders.push(folder);
    isInRepository = await exists(path.join(folder, '.git'));
  }
  const found: FoundFile[] = [];
  for (const above of isInRepository ? folders : (await isFile(start)) ? folders.slice(0, 1) : []) {
    for (const name of NAMES) {
      const file = path.join(above, name);
      if (await exists(file)) found.push(await readOne(file));
    }
  }
  return found;
}

async function isFile(start: string): Promise<boolean> {
  return (await stat(start)).isFile();
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    // Whatever cannot be reached says nothing.
    return false;
  }
}
