import { once } from 'node:events';
import { realpath, stat } from 'node:fs/promises';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { CommandLineError } from './commandLineError.ts';
import { mcpServer } from './mcpServer.ts';
import { parseOptions } from './parseOptions.ts';

const USAGE = `Usage: slipway mcp [folders]

Serves an assistant over standard input and output, as the Model Context Protocol says: the tools check, patterns,
explain and apply for the files below the folders (default: the working directory). Nothing outside of them is read or
written, but for the slipway.yaml files above them; files are written only when apply is told to.

An assistant starts it by a configuration such as:
  { "mcpServers": { "slipway": { "command": "slipway", "args": ["mcp", "/path/to/workspace"] } } }
`;

/** `slipway mcp`: ends when the assistant closes the standard input. */
export async function runMcp(args: readonly string[], program: string): Promise<number> {
  const { values, positionals } = readOptions(args);
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const folders = await Promise.all((positionals.length > 0 ? positionals : ['.']).map(existingFolder));
  const ended = once(process.stdin, 'end');
  serveStdio(() => mcpServer([...new Set(folders)], program), {
    onerror: (error) => process.stderr.write(`slipway: ${error.message}\n`),
  });
  await ended;
  return 0;
}

/** The folder without symbolic links, so that what is inside of it can be told by its path. */
async function existingFolder(folder: string): Promise<string> {
  try {
    if ((await stat(folder)).isDirectory()) return await realpath(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  throw new CommandLineError(`There is no folder '${folder}'.`);
}

function readOptions(args: readonly string[]) {
  return parseOptions(args, { help: { type: 'boolean', short: 'h' } }, USAGE);
}
