import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ToolRefusal } from '../../server/src/assistant/toolRefusal.ts';
import type { WorkspaceChange } from '../../server/src/rules/pattern.ts';
import { applyEdits } from '../../server/src/text/sourceText.ts';
import type { Snapshot } from '../../server/src/workspace/world.ts';
import { exists } from './exists.ts';

const BYTE_ORDER_MARK = '\ufeff';

interface Replacement {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Writes a change of several files: all of them, or none. Rejects with `ToolRefusal`, before anything is written, where a
 * file is not as the snapshot knows it, where a new file exists, and where a file lies outside of what `isInside` allows.
 */
export async function writeChange(
  { creates, edits }: WorkspaceChange,
  { files }: Snapshot,
  isInside: (file: string) => boolean,
): Promise<void> {
  const replacements: Replacement[] = [];
  for (const uri of new Set(edits.map((edit) => edit.uri))) {
    const known = files.get(uri)?.parsed.source.text;
    const file = await realpath(fileURLToPath(uri));
    if (!isInside(file)) throw new ToolRefusal(`${fileURLToPath(uri)} lies outside of the workspace.`);
    const before = await readFile(file, 'utf8');
    const mark = before.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
    if (known === undefined || before !== mark + known)
      throw new ToolRefusal(`${fileURLToPath(uri)} changed meanwhile, or is not UTF-8.`);
    const own = edits.filter((edit) => edit.uri === uri);
    replacements.push({ file, before, after: mark + applyEdits(known, own) });
  }
  const additions = creates.map(({ uri, text }) => ({ file: fileURLToPath(uri), text }));
  for (const { file } of additions) {
    if (!isInside(await nearestFolder(path.dirname(file))))
      throw new ToolRefusal(`${file} lies outside of the workspace.`);
    if (await exists(file)) throw new ToolRefusal(`${file} exists already.`);
  }
  const undo: (() => Promise<void>)[] = [];
  try {
    for (const { file, text } of additions) {
      await mkdir(path.dirname(file), { recursive: true });
      await create(file, text);
      undo.push(() => rm(file));
    }
    for (const { after, before, file } of replacements) {
      await replace(file, after);
      undo.push(() => replace(file, before));
    }
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw new ToolRefusal(`Nothing was written: ${error instanceof Error ? error.message : error}`);
  }
}

/** The folder, or the first one above it that exists, without symbolic links. */
async function nearestFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    const above = path.dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === folder) throw error;
    return nearestFolder(above);
  }
}

/** Fails where the file exists. */
async function create(file: string, text: string, mode?: number): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Puts a new text in the place of the old one at once, so that nobody reads half of it. */
async function replace(file: string, text: string): Promise<void> {
  const fresh = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}`);
  try {
    await create(fresh, text, (await stat(file)).mode & 0o777);
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}
