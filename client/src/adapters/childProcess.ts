import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { cancelled } from '../cluster/cancellation.ts';
import { Failure } from '../cluster/failure.ts';

/** A program to run. It gets exactly this environment and no shell. */
export interface ProgramRun {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly folder?: string;
  readonly stdin?: string;
  readonly onOutputLine?: (line: string) => void;
  readonly onErrorLine?: (line: string) => void;
}

/** How a program ended. */
export interface ProgramResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A cancelled program may tidy up for this long before it is killed. */
const tidyUpMilliseconds = 8_000;

/** The output that is kept of a talkative program, from its end. */
const keptOutputCharacters = 1_000_000;

/**
 * Runs a program to its end. Throws `tool-missing` when there is no such program, and `cancelled` when the signal
 * fires: the program and all that it started are then asked to end, and killed if they do not.
 */
export function runProgram(run: ProgramRun, signal: AbortSignal): Promise<ProgramResult> {
  if (signal.aborted) return Promise.reject(cancelled());
  return new Promise((resolve, reject) => {
    const ownGroup = process.platform !== 'win32';
    const child = spawn(run.command, run.arguments, {
      env: run.environment,
      ...(run.folder === undefined ? {} : { cwd: run.folder }),
      stdio: 'pipe',
      detached: ownGroup,
      windowsHide: true,
    });
    const kill = (name: NodeJS.Signals): void => {
      if (child.pid === undefined) return;
      try {
        if (ownGroup) process.kill(-child.pid, name);
        else child.kill(name);
      } catch (error) {
        // The group may have ended between the signal and this call.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    };
    let lastResort: NodeJS.Timeout | undefined;
    const stop = (): void => {
      kill('SIGTERM');
      lastResort = setTimeout(() => kill('SIGKILL'), tidyUpMilliseconds);
    };
    signal.addEventListener('abort', stop, { once: true });
    const output = collect(child.stdout, run.onOutputLine);
    const errors = collect(child.stderr, run.onErrorLine);
    const settle = (conclude: () => void): void => {
      clearTimeout(lastResort);
      signal.removeEventListener('abort', stop);
      conclude();
    };
    child.once('error', (error: NodeJS.ErrnoException) => settle(() => reject(failureOfSpawn(run.command, error))));
    child.once('close', (code) =>
      settle(() =>
        signal.aborted
          ? reject(cancelled())
          : resolve({ exitCode: code ?? 1, stdout: output.text(), stderr: errors.text() }),
      ),
    );
    // A program that ends without reading its input is no fault: its exit code tells.
    child.stdin.on('error', () => undefined);
    child.stdin.end(run.stdin ?? '');
  });
}

function collect(stream: NodeJS.ReadableStream, onLine: ((line: string) => void) | undefined): { text(): string } {
  let text = '';
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
    text += `${line}\n`;
    if (text.length > 2 * keptOutputCharacters) text = text.slice(-keptOutputCharacters);
    onLine?.(line);
  });
  return { text: () => text };
}

function failureOfSpawn(command: string, error: NodeJS.ErrnoException): Failure {
  if (error.code === 'ENOENT') {
    return new Failure('tool-missing', `The program ${command} is not on the PATH.`, {
      said: error.message,
      advice: `Install ${command}, or set its path.`,
    });
  }
  return new Failure('tool-missing', `The program ${command} cannot be run.`, { said: error.message });
}
