import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built `dist/cli.js`, as a person does; `uid` runs it as another user, who must be able to read `program`. */
export function runCli(
  args: readonly string[],
  options: { readonly cwd?: string; readonly uid?: number; readonly program?: string } = {},
): CliResult {
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [options.program ?? path.join(ROOT, 'dist/cli.js'), ...args],
    {
      cwd: options.cwd ?? ROOT,
      encoding: 'utf8',
      maxBuffer: 100_000_000,
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    },
  );
  if (error) throw error;
  return { exitCode: status, stdout, stderr };
}

/** Copies the built program to a folder that every user may read, wherever the checkout lies; gives the copy's path. */
export function copyProgram(folder: string): string {
  cpSync(path.join(ROOT, 'dist/cli.js'), path.join(folder, 'cli.js'));
  cpSync(path.join(ROOT, 'dist/schemas'), path.join(folder, 'schemas'), { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  chmodSync(folder, 0o755);
  return path.join(folder, 'cli.js');
}
