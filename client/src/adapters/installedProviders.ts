import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../cluster/failure.ts';

/** A folder in which `terraform init` ran. */
export interface InitialisedFolder {
  readonly folder: string;
  /** Where the printed schemas are kept. */
  readonly cache: string;
  /** The program; it gets exactly this environment. */
  readonly command: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** More lock files than a person works on at a time. */
const MOST_KEPT = 20;

/**
 * The path of a file with what `terraform providers schema -json` prints in a folder; undefined where no providers are
 * installed there. The program runs once for each content of the lock file. It starts the providers of the folder, so the
 * caller must know that the workspace is trusted.
 *
 * @throws Failure with Terraform's own words, or `tool-missing`; AbortError where the signal fires.
 */
export async function installedProviderSchemas(
  { folder, cache, command, environment }: InitialisedFolder,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (!existsSync(join(folder, '.terraform', 'providers'))) return undefined;
  const lock = await readFile(join(folder, '.terraform.lock.hcl'));
  const file = join(cache, `${createHash('sha256').update(lock).digest('hex').slice(0, 24)}.json`);
  if (existsSync(file)) return file;
  await mkdir(cache, { recursive: true });
  const unfinished = `${file}.${process.pid}.unfinished`;
  try {
    await print(command, folder, environment, unfinished, signal);
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
  await forgetOldest(cache);
  return file;
}

/** The output goes to the file without passing through here: that of a large provider has tens of megabytes. */
async function print(
  command: string,
  folder: string,
  environment: NodeJS.ProcessEnv,
  file: string,
  signal: AbortSignal,
): Promise<void> {
  const output = await open(file, 'w');
  try {
    const child = spawn(command, ['providers', 'schema', '-json'], {
      cwd: folder,
      env: environment,
      stdio: ['ignore', output.fd, 'pipe'],
      windowsHide: true,
      signal,
    });
    let words = '';
    child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
      words = (words + chunk).slice(-2000);
    });
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    if (exitCode !== 0) {
      const message = `Terraform could not print the schemas of ${folder}.`;
      throw new Failure('invalid', message, { said: words.trim() || `It ended with exit code ${exitCode}.` });
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Failure('tool-missing', `There is no ${command}.`);
    throw error;
  } finally {
    await output.close();
  }
}

async function forgetOldest(cache: string): Promise<void> {
  const files = (await readdir(cache)).filter((file) => file.endsWith('.json')).sort();
  for (const file of files.slice(0, Math.max(0, files.length - MOST_KEPT)))
    await rm(join(cache, file), { force: true });
}
