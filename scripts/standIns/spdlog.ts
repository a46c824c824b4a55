// Takes the place of the compiled module @vscode/spdlog inside the VS Code that `npm start` serves. Without a logger every
// Output channel and every log file would stay empty. The names follow the original's interface.
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';

const LEVEL_NAMES = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];
const INFO_LEVEL = 2;
const DEFAULT_PATTERN = '[%Y-%m-%d %H:%M:%S.%e] [%n] [%l] %v';

let globalLevel = 0;

/** Lines below `level` are dropped by every logger. */
export function setLevel(level: number): void {
  globalLevel = level;
}

/** Every line is written at once, so there is nothing to flush. */
export function setFlushOn(): void {}

/** Part of the original's interface; there is no native library whose version it could tell. */
export const version = 0;

/** A log file that is moved aside when it has grown to `maxFileSizeBytes`; `maxFiles` are kept in all. */
export class Logger {
  readonly #name: string;
  readonly #fileName: string;
  readonly #maxFileSizeBytes: number;
  readonly #maxFiles: number;
  #level = INFO_LEVEL;
  #pattern: string | undefined = DEFAULT_PATTERN;
  #descriptor: number | undefined;
  #sizeBytes: number;

  constructor(_kind: string, name: string, fileName: string, maxFileSizeBytes: number, maxFiles: number) {
    this.#name = name;
    this.#fileName = fileName;
    this.#maxFileSizeBytes = maxFileSizeBytes;
    this.#maxFiles = maxFiles;
    mkdirSync(dirname(fileName), { recursive: true });
    this.#descriptor = openSync(fileName, 'a');
    this.#sizeBytes = fstatSync(this.#descriptor).size;
  }

  trace(message: string): void {
    this.#write(0, message);
  }
  debug(message: string): void {
    this.#write(1, message);
  }
  info(message: string): void {
    this.#write(2, message);
  }
  warn(message: string): void {
    this.#write(3, message);
  }
  error(message: string): void {
    this.#write(4, message);
  }
  critical(message: string): void {
    this.#write(5, message);
  }

  getLevel(): number {
    return this.#level;
  }
  setLevel(level: number): void {
    this.#level = level;
  }
  setPattern(pattern: string): void {
    this.#pattern = pattern;
  }
  /** From now on messages are written as they are, without time, name or line end. */
  clearFormatters(): void {
    this.#pattern = undefined;
  }
  flush(): void {}
  /** Closes the file; later messages are dropped. */
  drop(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #write(level: number, message: string): void {
    if (this.#descriptor === undefined || level < this.#level || level < globalLevel) return;
    const line = Buffer.from(
      this.#pattern === undefined ? message : `${this.#format(this.#pattern, level, message)}\n`,
    );
    try {
      if (this.#maxFileSizeBytes && this.#sizeBytes && this.#sizeBytes + line.length > this.#maxFileSizeBytes) {
        this.#rotate();
      }
      writeSync(this.#descriptor, line);
      this.#sizeBytes += line.length;
    } catch (error) {
      // A full disk must not end the editor; the original's own way out is standard error too.
      console.error(`Cannot write to ${this.#fileName}:`, error);
    }
  }

  #format(pattern: string, level: number, message: string): string {
    const now = new Date();
    const padded = (value: number, width = 2) => String(value).padStart(width, '0');
    const fields: Readonly<Record<string, () => string>> = {
      Y: () => padded(now.getFullYear(), 4),
      m: () => padded(now.getMonth() + 1),
      d: () => padded(now.getDate()),
      H: () => padded(now.getHours()),
      M: () => padded(now.getMinutes()),
      S: () => padded(now.getSeconds()),
      e: () => padded(now.getMilliseconds(), 3),
      l: () => LEVEL_NAMES[level] ?? '',
      n: () => this.#name,
      v: () => message,
    };
    return pattern.replace(/%(\w)/g, (flag, letter: string) => fields[letter]?.() ?? flag);
  }

  #rotate(): void {
    const { dir, name, ext } = parse(this.#fileName);
    const numbered = (index: number) => (index === 0 ? this.#fileName : join(dir, `${name}.${index}${ext}`));
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
    for (let index = this.#maxFiles - 1; index > 0; index--) {
      try {
        renameSync(numbered(index - 1), numbered(index));
      } catch (error) {
        // So many files have not been filled yet.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    }
    this.#descriptor = openSync(this.#fileName, 'w');
    this.#sizeBytes = 0;
  }
}

/** A logger that is moved aside by size. */
export async function createRotatingLogger(
  name: string,
  fileName: string,
  maxFileSizeBytes: number,
  maxFiles: number,
): Promise<Logger> {
  return new Logger('rotating', name, fileName, maxFileSizeBytes, maxFiles);
}

/** The same: writing is quick enough to be done at once. */
export const createAsyncRotatingLogger = createRotatingLogger;
