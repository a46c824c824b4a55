import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Runs `make` unless `output` was already made from the same `inputs` (a fingerprint). The stamp that says so is written
 * last and removed first, so what a stopped or failed run leaves behind is never taken for current. Says whether it ran.
 */
export async function makeWhenStale(
  stampFile: string,
  inputs: string,
  output: string,
  make: () => Promise<void>,
): Promise<boolean> {
  if (existsSync(output) && (await readStamp(stampFile)) === inputs) return false;
  await rm(stampFile, { force: true });
  await make();
  await mkdir(dirname(stampFile), { recursive: true });
  await writeFile(stampFile, inputs);
  return true;
}

async function readStamp(stampFile: string): Promise<string | undefined> {
  try {
    return await readFile(stampFile, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
