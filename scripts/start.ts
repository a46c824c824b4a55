// npm start: opens VS Code with Slipway on an example that has faults to find. See START_USAGE in startOptions.ts.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startInBrowser } from './browserStart.ts';
import { desktopCodeArguments, findDesktopCode } from './desktopCode.ts';
import { ensureFaultyExample } from './faultyExample.ts';
import { buildProject } from './projectBuild.ts';
import { opensExample, parseStartOptions, START_USAGE, type StartOptions } from './startOptions.ts';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** Resolves when the window's command has ended. */
async function startOnDesktop(code: string, options: StartOptions): Promise<number> {
  await buildProject({ root });
  console.log(`Slipway opens in the desktop VS Code (${code}). Use --browser to have it served to a browser instead.`);
  const child = spawn(code, desktopCodeArguments({ root, ...options }), {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  return new Promise((settle, reject) => {
    child.once('error', reject).once('exit', (exitCode) => settle(exitCode ?? 1));
  });
}

async function serveToBrowser(options: StartOptions): Promise<number> {
  const { server, address } = await startInBrowser(options, root);
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      asked = true;
      void server.stop();
    });
  }
  // The form of this line is relied upon by whoever starts it from a program.
  console.log(`\nSlipway is ready: ${address}\n`);
  console.log('Open the address in a browser on this machine. Ctrl+C stops it.');
  await server.ended;
  if (asked) return 0;
  console.error(`VS Code's server ended by itself; its log is ${options.profileFolder}/server.log.`);
  return 1;
}

async function main(parameters: readonly string[]): Promise<number> {
  if (parameters.includes('--help')) {
    console.log(START_USAGE);
    return 0;
  }
  const workingFolder = process.env['INIT_CWD'] ?? process.cwd();
  if (opensExample(parameters, root, workingFolder)) await ensureFaultyExample(root);
  const options = parseStartOptions(parameters, root, workingFolder);
  for (const remark of options.remarks) console.error(remark);
  const code = options.where === 'browser' ? undefined : findDesktopCode();
  if (code) return startOnDesktop(code, options);
  if (options.where === 'desktop') {
    throw new Error('There is no desktop VS Code here: its command `code` is not on the PATH. Leave out --desktop.');
  }
  return serveToBrowser(options);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
