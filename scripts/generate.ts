import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { patternPages } from './patternPages.ts';
import { plantFaults } from './plantFaults.ts';
import { snippetFiles } from './snippetFiles.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const patternsFolder = path.join(root, 'server/src/patterns');

/**
 * `server/src/patterns/registry.generated.ts`: the folder is the registry, and this is the folder as code, so that the
 * bundler sees it. A pattern with many rules may keep them in folders of their own, one for each topic. Not committed;
 * every build and test run writes it first.
 */
export function generateRegistry(): void {
  const imports: string[] = [];
  const lists: Record<'patterns' | 'groups' | 'rules' | 'pictures', string[]> = {
    patterns: [],
    groups: [],
    rules: [],
    pictures: [],
  };
  for (const folder of readdirSync(patternsFolder, { withFileTypes: true })) {
    if (!folder.isDirectory()) continue;
    for (const file of readdirSync(path.join(patternsFolder, folder.name), {
      encoding: 'utf8',
      recursive: true,
    }).sort()) {
      if (!file.endsWith('.ts')) continue;
      const text = readFileSync(path.join(patternsFolder, folder.name, file), 'utf8');
      const exported = /^export const (rule|pattern|group|picture)\b/m.exec(text)?.[1];
      if (!exported) continue;
      const name = `${exported}${imports.length}`;
      imports.push(`import { ${exported} as ${name} } from './${folder.name}/${file.replaceAll(path.sep, '/')}';`);
      // A picture does not say itself whose it is.
      const entry = exported === 'picture' ? `'${folder.name}': ${name}` : name;
      lists[`${exported}s` as keyof typeof lists].push(entry);
    }
  }
  const text = [
    "import type { Rule } from '../rules/contract.ts';",
    "import type { RuleGroup } from '../rules/group.ts';",
    "import type { Pattern } from '../rules/pattern.ts';",
    "import type { DrawPicture } from '../rules/picture.ts';",
    ...imports,
    '',
    `export const PATTERNS: readonly Pattern[] = [${lists.patterns.join(', ')}];`,
    `export const GROUPS: readonly RuleGroup[] = [${lists.groups.join(', ')}];`,
    `export const RULES: readonly Rule[] = [${lists.rules.join(', ')}];`,
    '/** What patterns draw themselves, by their ids. */',
    `export const PICTURES: Readonly<Record<string, DrawPicture>> = { ${lists.pictures.join(', ')} };`,
    '',
  ].join('\n');
  writeIfChanged(path.join(patternsFolder, 'registry.generated.ts'), text);
}

/** What is generated and committed, by path from the root. A test demands that the repository holds exactly this. */
export async function committedFiles(): Promise<ReadonlyMap<string, string>> {
  const { PATTERNS, GROUPS, RULES } = await import('../server/src/patterns/registry.generated.ts');
  const summaryOf = (id: string): string => PATTERNS.find((pattern) => pattern.id === id)?.summary ?? '';
  const pages = patternPages(patternsFolder, { patterns: PATTERNS, groups: GROUPS, rules: RULES });
  return new Map([
    ...[...snippetFiles(patternsFolder, summaryOf)].map(([name, text]) => [`snippets/${name}`, text] as const),
    ...[...pages].map(([name, text]) => [`docs/patterns/${name}`, text] as const),
  ]);
}

/** The folders that hold nothing but committed generated files. */
export const GENERATED_FOLDERS = ['snippets', 'docs/patterns'];

async function writeCommittedFiles(): Promise<void> {
  const files = await committedFiles();
  for (const folder of GENERATED_FOLDERS) {
    mkdirSync(path.join(root, folder), { recursive: true });
    for (const name of readdirSync(path.join(root, folder))) {
      if (!files.has(`${folder}/${name}`)) rmSync(path.join(root, folder, name));
    }
  }
  for (const [file, text] of files) writeIfChanged(path.join(root, file), text);
}

/** Leaves the time stamp of a current file alone, so that watchers and build stamps stay quiet. */
function writeIfChanged(file: string, text: string): void {
  try {
    if (readFileSync(file, 'utf8') === text) return;
  } catch {
    // The file is not there yet.
  }
  writeFileSync(file, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  generateRegistry();
  // In CI the committed files are looked at as they are, so that a forgotten one is seen.
  if (process.env['CI'] !== 'true') await writeCommittedFiles();
  plantFaults();
}
