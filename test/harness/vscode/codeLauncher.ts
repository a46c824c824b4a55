import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Writes the executable that @vscode/test-electron takes for `code`, and gives its path. It must be a file that the
 * operating system starts by itself, from any working folder, so it is a shell script around the TypeScript program. There
 * is none for Windows, where the desktop VS Code runs the suite.
 */
export async function writeCodeLauncher(folder: string): Promise<string> {
  const launcher = join(folder, 'code');
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const program = fileURLToPath(new URL('codeShim.ts', import.meta.url));
  const command = [process.execPath, '--import', loader, program].map(quoted).join(' ');
  await mkdir(folder, { recursive: true });
  await writeFile(launcher, `#!/bin/sh\nexec ${command} "$@"\n`);
  await chmod(launcher, 0o755);
  return launcher;
}

/** One word for a POSIX shell, whatever characters it has. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
