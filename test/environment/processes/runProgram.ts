import { spawn } from 'node:child_process';
import { completePath } from './findProgram.ts';

/** What a program is run with. */
export interface RunOptions {
  /** Text for its standard input; without it the input is empty. */
  readonly input?: string;
  /** Variables added to (or replacing) those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly signal?: AbortSignal;
  /** Called with each whole line of standard error as it comes. */
  readonly onErrorLine?: (line: string) => void;
}

/**
 * Runs a program to its end and gives its standard output.
 * Rejects with the command and the program's own last words when it ends with anything but 0.
 */
export async function runProgram(file: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const child = spawn(file, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, PATH: completePath(), ...options.environment },
    ...(options.folder === undefined ? {} : { cwd: options.folder }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  let output = '';
  let errors = '';
  let unfinishedLine = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors = (errors + chunk).slice(-100_000);
    if (options.onErrorLine === undefined) return;
    const lines = (unfinishedLine + chunk).split('\n');
    unfinishedLine = lines.pop() ?? '';
    for (const line of lines) options.onErrorLine(line);
  });
  // A program that ends without reading its input is judged by its exit code, not by the broken pipe.
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  const ending = await new Promise<string>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(signal === null ? String(code) : signal));
  });
  if (unfinishedLine !== '') options.onErrorLine?.(unfinishedLine);
  if (ending !== '0') {
    const lastWords = (errors.trim() === '' ? output : errors).trim().split('\n').slice(-15).join('\n');
    throw new Error(`${[file, ...args].join(' ').slice(0, 400)} ended with ${ending}:\n${lastWords}`);
  }
  return output;
}
