import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readWorkspace } from '../../server/src/host/workspaceFiles.ts';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { readReadme } from '../catalog/readReadme.ts';
import { SHOP } from '../protocol/serverUnderTest.ts';

/** Texts that are swept together, by their path in the workspace. */
export type SweptFiles = Readonly<Record<string, string>>;

const PATTERNS = fileURLToPath(new URL('../../server/src/patterns', import.meta.url));

/** The example shop: each file of it that one of our languages may read. */
export async function shopFiles(): Promise<SweptFiles> {
  const root = `${pathToFileURL(SHOP).href}/`;
  const files: Record<string, string> = {};
  for await (const found of readWorkspace(SHOP, isRead)) {
    assert.ok('text' in found, found.uri);
    files[decodeURIComponent(found.uri.slice(root.length))] = found.text;
  }
  return files;
}

/** Every example of every page of the catalog, each in a folder of its own. */
export function catalogFiles(): SweptFiles {
  const files: Record<string, string> = {};
  for (const folder of readdirSync(PATTERNS)) {
    const readme = path.join(PATTERNS, folder, 'README.md');
    if (!existsSync(readme)) continue;
    for (const { fault, failing, after, passing } of readReadme(readFileSync(readme, 'utf8'))) {
      const workspaces = [
        ...failing.map((example) => example.files),
        ...after.map((example) => example.files),
        ...passing,
      ];
      for (const [index, workspace] of workspaces.entries()) {
        for (const { name, text } of workspace) {
          if (isRead(name)) files[`${folder}/${fault}/${index}/${name}`] = text;
        }
      }
    }
  }
  return files;
}

function isRead(name: string): boolean {
  return LANGUAGES.some(({ files }) => files.test(`/${name}`));
}
