import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The PATH with the folders of system programs, which many users' PATH lacks. */
export function completePath(path = process.env['PATH'] ?? ''): string {
  return [...path.split(delimiter).filter((folder) => folder !== ''), '/usr/sbin', '/sbin'].join(delimiter);
}

/** Where a program lies on the complete PATH, or `undefined`. */
export function findProgram(name: string): string | undefined {
  return completePath()
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/** Whether the path is a file that this user may execute. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
