import type { Cursor, FileState } from '../../server/src/features/languageFeatures.ts';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { World } from '../../server/src/workspace/world.ts';

export const FOLDER = 'file:///shop/';

/** The mark that stands for the cursor in the texts of tests; no file of ours writes it otherwise. */
export const CURSOR = '¦';

/** A workspace of whole files; the first `¦` of the file `name` is the cursor. */
export function cursorIn(name: string, files: Readonly<Record<string, string>>): Cursor {
  const marked = files[name] ?? '';
  const offset = marked.indexOf(CURSOR);
  if (offset < 0) throw new Error(`${name} has no cursor.`);
  return { ...stateOf(name, files), offset };
}

/** The file `name` of a workspace; cursors are taken out of every file. */
export function stateOf(name: string, files: Readonly<Record<string, string>>): FileState {
  const world = new World(LANGUAGES);
  world.apply(Object.entries(files).map(([file, text]) => ({ uri: FOLDER + file, text: text.replace(CURSOR, '') })));
  const snapshot = world.snapshot();
  const file = snapshot.files.get(FOLDER + name);
  if (!file) throw new Error(`No language reads ${name}.`);
  return { file, snapshot };
}
