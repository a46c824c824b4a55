import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** What `npm start` runs, with its address. */
export interface StartedVscode {
  readonly address: string;
  /** What it has said so far, on both streams. */
  output(): string;
  /** Ends it as Ctrl+C does, and gives its exit code. */
  stop(): Promise<number | null>;
}

const READY_LINE = /^Slipway is ready: (http\S+)$/m;
/** A first run installs VS Code. */
const START_TIMEOUT_MILLISECONDS = 600_000;

/**
 * Runs what `npm start` runs, with these further arguments and variables, and waits for its address. npm itself is left out: it would
 * only stand between the test and the exit code.
 */
export async function npmStart(
  root: string,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<StartedVscode> {
  const child = spawn(process.execPath, [join('scripts', 'bootstrap.mjs'), 'scripts/start.ts', ...parameters], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment, INIT_CWD: root },
  });
  // A test run that ends without its hooks still leaves nothing running.
  const endChild = () => void child.kill('SIGTERM');
  process.once('exit', endChild);
  child.once('close', () => process.off('exit', endChild));
  const exited = new Promise<number | null>((settle, reject) => {
    child.once('error', reject).once('close', settle);
  });
  let output = '';
  const address = new Promise<string>((settle) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        const found = READY_LINE.exec(output)?.[1];
        if (found) settle(found);
      });
    }
  });
  const stop = () => {
    child.kill('SIGTERM');
    return exited;
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_settle, reject) => {
    timer = setTimeout(() => reject(new Error(`No address came:\n${output}`)), START_TIMEOUT_MILLISECONDS);
  });
  try {
    const early = exited.then((exitCode) => {
      throw new Error(`It ended with exit code ${exitCode}:\n${output}`);
    });
    return { address: await Promise.race([address, early, late]), output: () => output, stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
