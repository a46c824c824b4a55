import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { filesNamedBy, type Manifest } from './packagedManifest.ts';

/** Top-level pages that the marketplace and the editor show. */
const PAGES = ['README.md', 'CHANGELOG.md', 'LICENSE'];

/** Folders that ship, and what of them. Decisions are for those who change Slipway. */
const FOLDERS: readonly { readonly folder: string; readonly ships: (file: string) => boolean }[] = [
  { folder: 'docs', ships: (file) => file.endsWith('.md') && !file.startsWith('docs/decisions/') },
  { folder: 'media', ships: () => true },
  // For editors whose YAML extension wants a JSON Schema of slipway.yaml.
  { folder: 'schemas', ships: (file) => file.endsWith('.schema.json') },
  { folder: 'dist/schemas', ships: (file) => /\.jsonl?$/.test(file) && !file.endsWith('.packages.json') },
];

/**
 * What the .vsix holds besides bundles and generated pages, relative to the root with `/`. Everything is named on purpose:
 * a new file is shipped because the manifest names it, or because it belongs to one of the folders above.
 */
export async function shippedFiles(root: string, manifest: Manifest): Promise<readonly string[]> {
  const files = new Set(filesNamedBy(manifest).filter((file) => !file.startsWith('dist/')));
  const present = new Set(await readdir(root));
  for (const page of PAGES) if (present.has(page)) files.add(page);
  for (const { folder, ships } of FOLDERS) {
    for (const file of await filesIn(root, folder)) if (ships(file)) files.add(file);
  }
  return [...files].sort();
}

async function filesIn(root: string, folder: string): Promise<string[]> {
  try {
    const entries = await readdir(join(root, folder), { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(root).length + 1))
      .map((file) => file.replaceAll('\\', '/'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
