import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { completePath } from './findProgram.ts';

/** A program that runs in the background until it is stopped, or until this process dies. */
export interface Daemon {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** How it ended (`exit code 1`, `SIGKILL`), or `undefined` while it runs. */
  ending(): string | undefined;
  /** Sends the signal (SIGTERM unless told), and SIGKILL when the program is still there after the grace time. */
  stop(options?: { readonly signal?: NodeJS.Signals; readonly graceMilliseconds?: number }): Promise<void>;
}

export interface DaemonOptions {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Receives `<name>.log`, which is appended to. */
  readonly logFolder: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Starts a daemon in a session of its own (Ctrl-C in the terminal does not reach it before its owner has stopped it).
 * The kernel kills it when this process dies, however it dies: `setpriv --pdeathsig` asks for that.
 * It does not keep this process alive.
 */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const logFile = join(options.logFolder, `${options.name}.log`);
  const log = openSync(logFile, 'a');
  let child: ChildProcess;
  try {
    child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', ...options.command], {
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, PATH: completePath(), ...options.environment },
    });
  } finally {
    closeSync(log);
  }
  let ending: string | undefined;
  child.on('exit', (code, signal) => {
    ending = signal === null ? `exit code ${code}` : signal;
  });
  await new Promise<void>((resolve, reject) => {
    child.on('spawn', resolve);
    child.on('error', reject);
  });
  child.unref();
  const waitForEnding = async (milliseconds: number): Promise<void> => {
    const deadline = Date.now() + milliseconds;
    while (ending === undefined && Date.now() < deadline) await delay(20);
  };
  return {
    name: options.name,
    pid: child.pid!,
    logFile,
    ending: () => ending,
    async stop({ signal = 'SIGTERM', graceMilliseconds = 10_000 } = {}) {
      if (ending !== undefined) return;
      child.ref();
      child.kill(signal);
      await waitForEnding(graceMilliseconds);
      if (ending === undefined) child.kill('SIGKILL');
      await waitForEnding(10_000);
      if (ending === undefined) throw new Error(`${options.name} (process ${child.pid}) does not end.`);
    },
  };
}

/** Rejects with the end of the daemon's log when it is no longer running. */
export function assertRunning(daemon: Daemon): void {
  const ending = daemon.ending();
  if (ending === undefined) return;
  const lastLines = readFileSync(daemon.logFile, 'utf8').trim().split('\n').slice(-15).join('\n');
  throw new Error(`${daemon.name} ended with ${ending}. The end of its log:\n${lastLines}`);
}
