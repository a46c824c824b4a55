import { pageSection } from '../../server/src/features/pageSection.ts';
import { CommandLineError } from './commandLineError.ts';
import { KNOWN_RULES } from './diagnosticOptions.ts';
import { readPage } from './readPage.ts';

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
  if (!KNOWN_RULES.owners.includes(owner)) {
    throw new CommandLineError(
      `There is no pattern or group '${owner}'.${meant(id)} There are: ${KNOWN_RULES.owners.join(', ')}.`,
    );
  }
  const page = await readPage(owner, program);
  if (rule === undefined) {
    process.stdout.write(page.replace(/^<!--.*?-->\n+/s, ''));
    return 0;
  }
  const section = pageSection(page, rule);
  if (section === undefined) throw new CommandLineError(`The page of ${owner} has no rule '${rule}'.${meant(id)}`);
  process.stdout.write(`${section}\n`);
  return 0;
}

function meant(id: string): string {
  const nearest = KNOWN_RULES.nearest(id);
  return nearest === undefined ? '' : ` Is '${nearest}' meant?`;
}
