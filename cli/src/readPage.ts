import { readFile } from 'node:fs/promises';

/** The packaged page of a pattern or group, whose id is known. */
export function readPage(id: string, program: string): Promise<string> {
  return readFile(new URL(`../docs/patterns/${id}.md`, packageRoot(program)), 'utf8');
}

/** `dist/` of the built program; the sources lie one folder deeper. */
function packageRoot(program: string): URL {
  return program.endsWith('.ts') ? new URL('../', program) : new URL('.', program);
}
