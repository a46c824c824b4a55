import { PATTERNS } from '../../server/src/patterns/registry.generated.ts';
import { label } from '../../server/src/workspace/resource.ts';
import { CommandLineError } from './commandLineError.ts';
import { loadWorld, relativePath } from './loadWorld.ts';
import { parseOptions } from './parseOptions.ts';

const USAGE = `Usage: slipway patterns [options] [paths]

Lists the architecture patterns that the files below the paths use, who plays which role, and what is missing.

  --format human|json   how to print them (default: human)
`;

/** `slipway patterns`: what the Patterns view shows, without an editor. */
export async function runPatterns(args: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(args);
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const { world } = await loadWorld(positionals.length > 0 ? positionals : ['.']);
  const { graph } = world.snapshot();
  const instances = PATTERNS.flatMap((pattern) =>
    [...pattern.recognize(graph)].map((instance) => ({
      pattern: pattern.id,
      name: instance.name,
      state: instance.missing.length === 0 ? 'complete' : 'incomplete',
      participants: instance.participants.map(({ role, resource, at }) => ({
        role,
        resource: label(resource),
        file: relativePath(at.source.uri),
        range: at.source.range(at.span),
      })),
      missing: instance.missing,
    })),
  );
  if (values.format === 'json') {
    process.stdout.write(`${JSON.stringify({ version: 1, instances }, null, 2)}\n`);
    return 0;
  }
  for (const { pattern, name, participants, missing } of instances) {
    process.stdout.write(`${pattern}: ${name}\n`);
    for (const { role, resource, file, range } of participants) {
      process.stdout.write(`  ${role}: ${resource} (${file}:${range.start.line + 1})\n`);
    }
    if (missing.length > 0) process.stdout.write(`  missing: ${missing.join(', ')}\n`);
  }
  if (instances.length === 0) process.stdout.write('No pattern of the catalog was recognised.\n');
  return 0;
}

function readOptions(args: readonly string[]) {
  const options = { format: { type: 'string', default: 'human' }, help: { type: 'boolean', short: 'h' } } as const;
  const parsed = parseOptions(args, options, USAGE);
  if (['human', 'json'].includes(parsed.values.format)) return parsed;
  throw new CommandLineError(`--format takes human or json.\n\n${USAGE}`);
}
