import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The path of a program on the PATH, or `undefined`.
 * The folders of system programs are looked into as well: many users' PATH lacks them.
 */
export function findProgram(name: string, searchPath = process.env['PATH'] ?? ''): string | undefined {
  for (const folder of [...searchPath.split(delimiter), '/usr/sbin', '/sbin']) {
    const path = join(folder, name);
    if (folder !== '' && isExecutable(path)) return path;
  }
  return undefined;
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
