import { runCheck } from './check.ts';
import { CommandLineError } from './commandLineError.ts';
import { runExplain } from './explain.ts';
import { runPatterns } from './patterns.ts';
import { runRender } from './render.ts';

const USAGE = `Usage: slipway <command> [paths]

Commands:
  check [paths]       find faults in Dockerfiles, manifests, charts and Terraform
  patterns [paths]    list the architecture patterns that are used, and what is missing
  render <chart>      print what a Helm chart renders, by the helm of this machine
  ship [paths]        build, push, review, apply and watch
  rollout <action>    look at, watch, list or take back the rollout of a workload
  explain <id>        print the page of a pattern or the section of a rule
  mcp [folders]       serve assistants over standard input and output (Model Context Protocol)
  language-server     serve editors over standard input and output (--stdio)

Run 'slipway <command> --help' for the options of a command.
`;

const COMMANDS: Readonly<Record<string, (args: readonly string[], program: string) => Promise<number>>> = {
  check: runCheck,
  patterns: runPatterns,
  render: runRender,
  // Engines and clusters are loaded only where they are needed: checking files must start fast.
  ship: async (args) => (await import('./ship.ts')).runShip(args),
  rollout: async (args) => (await import('./rollout.ts')).runRollout(args),
  explain: runExplain,
  // Assistants are served by a library of its own, which the other commands need not load.
  mcp: async (args, program) => (await import('./mcp.ts')).runMcp(args, program),
  'language-server': serveEditors,
};

/** Exit codes: 0 clean, 1 findings or a failure, 2 wrong usage or a fault of our own; commands may add their own. */
async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(USAGE);
    return name === undefined ? 2 : 0;
  }
  const command = COMMANDS[name];
  if (!command) throw new CommandLineError(`There is no command '${name}'.\n\n${USAGE}`);
  return command(rest, import.meta.url);
}

/** The server reads `--stdio` from the command line itself, and ends the process when its client does. */
async function serveEditors(): Promise<number> {
  await import('../../server/src/languageServer.ts');
  return new Promise<number>(() => {});
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof CommandLineError;
  process.stderr.write(
    isUsage
      ? `slipway: ${error.message}\n`
      : `slipway: internal fault: ${error instanceof Error ? error.stack : error}\n`,
  );
  process.exitCode = 2;
}
