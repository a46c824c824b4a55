import { readFile } from 'node:fs/promises';
import { GROUPS, PATTERNS } from '../../server/src/patterns/registry.generated.ts';
import { CommandLineError } from './commandLineError.ts';

const USAGE = `Usage: slipway explain <pattern>[/<rule>]

Prints the page of a pattern, or the section of one of its rules: slipway explain canary/subset-without-pods
`;

/** `slipway explain`: the page that the editor opens behind a finding. */
export async function runExplain(args: readonly string[], program: string): Promise<number> {
  const [id] = args;
  if (id === '--help' || id === '-h') {
    process.stdout.write(USAGE);
    return 0;
  }
  if (id === undefined) throw new CommandLineError(`Name a pattern or a rule.\n\n${USAGE}`);
  const [owner, rule] = id.split('/', 2) as [string, string | undefined];
  if (![...PATTERNS, ...GROUPS].some((known) => known.id === owner)) {
    const known = [...PATTERNS, ...GROUPS].map((each) => each.id).sort();
    throw new CommandLineError(`There is no pattern or group '${owner}'. There are: ${known.join(', ')}.`);
  }
  const page = await readFile(new URL(`../docs/patterns/${owner}.md`, packageRoot(program)), 'utf8');
  if (rule === undefined) {
    process.stdout.write(page.replace(/^<!--.*?-->\n+/s, ''));
    return 0;
  }
  const section = page.split(/^(?=## )/m).find((part) => part.startsWith(`## ${rule}\n`));
  if (!section) throw new CommandLineError(`The page of ${owner} has no rule '${rule}'.`);
  process.stdout.write(section);
  return 0;
}

/** `dist/` of the built program; the sources lie one folder deeper. */
function packageRoot(program: string): URL {
  return program.endsWith('.ts') ? new URL('../', program) : new URL('.', program);
}
