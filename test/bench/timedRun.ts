import { spawn } from 'node:child_process';
import { type ProcessUsage, processUsage } from './processUsage.ts';

/** One run of a program from start to end. */
export interface TimedRun extends Partial<ProcessUsage> {
  readonly wallSeconds: number;
  readonly exitCode: number | null;
}

const LOOK_MILLISECONDS = 10;

/** Runs a program and watches what it uses. What it prints is thrown away. Rejects where it cannot be started. */
export function timedRun(command: string, args: readonly string[], folder: string): Promise<TimedRun> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { cwd: folder, stdio: 'ignore' });
    let usage: ProcessUsage | undefined;
    const look = setInterval(() => {
      usage = processUsage(child.pid!) ?? usage;
    }, LOOK_MILLISECONDS);
    child.once('error', (error) => {
      clearInterval(look);
      reject(error);
    });
    child.once('exit', (exitCode) => {
      clearInterval(look);
      resolve({ wallSeconds: (performance.now() - started) / 1000, exitCode, ...usage });
    });
  });
}
