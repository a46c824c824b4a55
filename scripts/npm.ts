import { spawn } from 'node:child_process';
import { basename } from 'node:path';

/**
 * Runs npm in `folder` and waits for it. The npm that started this process is used where there is one, so that both are
 * of one version. Its words are kept back and become part of the error when it fails.
 */
export async function npm(parameters: readonly string[], folder: string, signal?: AbortSignal): Promise<void> {
  const cli = process.env['npm_execpath'];
  const ownNpm = cli !== undefined && basename(cli) === 'npm-cli.js';
  const onWindows = process.platform === 'win32';
  const child = spawn(
    ownNpm ? process.execPath : onWindows ? 'npm.cmd' : 'npm',
    [...(ownNpm ? [cli] : []), ...parameters],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: onWindows && !ownNpm,
      ...(signal ? { signal } : {}),
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (exitCode !== 0) {
    throw new Error(`npm ${parameters.join(' ')} failed in ${folder} (exit code ${exitCode}):\n${output.slice(-4000)}`);
  }
}
