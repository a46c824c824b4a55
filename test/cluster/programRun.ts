import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { DeliveryEvent } from '../../client/src/delivery/deliveryEvent.ts';

const root = join(import.meta.dirname, '../..');

/** The command line program under test, with all that it prints. */
export interface ProgramRun {
  readonly child: ChildProcess;
  /** Resolves when the program has ended. */
  readonly ended: Promise<{ readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }>;
  /** Resolves when the events so far satisfy the condition; the program was started with `--format json`. */
  until(condition: (events: readonly DeliveryEvent[]) => boolean): Promise<void>;
}

/** Starts `slipway` from its sources, in a process of its own without a terminal. */
export function startSlipway(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  cwd: string,
): ProgramRun {
  const program = ['--import', join(root, 'node_modules/tsx/dist/esm/index.mjs'), join(root, 'cli/src/main.ts')];
  const child = spawn(process.execPath, [...program, ...args], {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
    for (const look of waiting) look();
  });
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const ended = new Promise<{ exitCode: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return {
    child,
    ended,
    until: (condition) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!condition(eventsIn(stdout))) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        ended.then(() => {
          if (waiting.has(look)) reject(new Error(`The program ended before: ${stdout.slice(-2000)}\n${stderr}`));
        }, reject);
      }),
  };
}

/** The events of `--format json`; a line that is not yet whole is left out. */
export function eventsIn(stdout: string): DeliveryEvent[] {
  return stdout
    .split('\n')
    .slice(0, -1)
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as DeliveryEvent);
}
