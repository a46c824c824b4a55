import { cp } from 'node:fs/promises';
import { basename } from 'node:path';

/** What builds leave in a workspace: large, and nothing that an editor's test looks at. */
const BUILD_OUTPUT = new Set([
  '.git',
  '.pytest_cache',
  '.terraform',
  '.venv',
  '__pycache__',
  'bin',
  'node_modules',
  'obj',
  'target',
]);

/** Copies a workspace without what was built in it, so that tests may write into the copy. */
export function copyWorkspace(source: string, target: string): Promise<void> {
  const filter = (path: string) => !BUILD_OUTPUT.has(basename(path));
  return cp(source, target, { recursive: true, verbatimSymlinks: true, filter });
}
