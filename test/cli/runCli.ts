import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built `dist/cli.js`, as a person does; `uid` runs it as another user. */
export function runCli(
  args: readonly string[],
  options: { readonly cwd?: string; readonly uid?: number } = {},
): CliResult {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [path.join(ROOT, 'dist/cli.js'), ...args], {
    cwd: options.cwd ?? ROOT,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  });
  if (error) throw error;
  return { exitCode: status, stdout, stderr };
}
