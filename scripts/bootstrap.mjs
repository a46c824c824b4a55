// The way in on a bare machine: node scripts/bootstrap.mjs ENTRY.ts [ARGUMENT…]
//
// Checks Node, installs what package-lock.json asks for when that is not what node_modules holds, then runs ENTRY. It is
// plain JavaScript because nothing is installed yet when it starts; everything else is TypeScript.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = [20, 19];
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [entry, ...entryArguments] = process.argv.slice(2);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  fail(`Slipway needs Node ${OLDEST_NODE.join('.')} or newer; this is Node ${process.versions.node}.`);
}
if (!entry) fail('Usage: node scripts/bootstrap.mjs ENTRY.ts [ARGUMENT…]');

const outOfStep = firstOutOfStep();
if (outOfStep) {
  console.error(`Installing the packages of package-lock.json (${outOfStep}) …`);
  const startedAt = Date.now();
  const exitCode = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (exitCode !== 0) fail(`npm ci failed with exit code ${exitCode}; its words are above.`);
  console.error(`Packages installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}
process.exitCode = await run(process.execPath, ['--import', 'tsx', resolve(root, entry), ...entryArguments]);

/**
 * Why an installation is due, in words, or undefined. npm writes node_modules/.package-lock.json as the last act of a
 * finished installation, so that file is the stamp: it must agree with package-lock.json. Optional packages may be
 * absent, as they are for other platforms; additional ones do no harm.
 */
function firstOutOfStep() {
  const wanted = readPackages(join(root, 'package-lock.json'));
  if (!wanted) return fail('package-lock.json is missing or cannot be read: this is not a whole checkout.');
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!installed) return 'nothing is installed yet';
  for (const [path, { version, optional, link }] of Object.entries(wanted)) {
    if (path === '' || link) continue;
    const found = installed[path];
    if (found ? found.version !== version : !optional) {
      return `${path.replace(/^node_modules\//, '')}: ${found?.version ?? 'absent'}, wanted ${version}`;
    }
  }
  return undefined;
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    // Absent or half-written: either way there is nothing to rely on.
    return undefined;
  }
}

/** The npm that started this process where there is one; its progress is shown as it comes. */
function runNpm(parameters) {
  const cli = process.env.npm_execpath;
  if (cli && basename(cli) === 'npm-cli.js') return run(process.execPath, [cli, ...parameters]);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', parameters, { shell: process.platform === 'win32' });
}

/** Runs a program in the project's folder and gives its exit code; signals that arrive meanwhile are the program's. */
function run(program, parameters, options = {}) {
  return new Promise((settle) => {
    const child = spawn(program, parameters, { cwd: root, stdio: 'inherit', ...options });
    const passOn = (signal) => child.kill(signal);
    const signals = ['SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, passOn);
    // A terminal sends Ctrl+C to the whole group; the child decides what it means.
    const wait = () => {};
    process.on('SIGINT', wait);
    const finish = (exitCode) => {
      for (const signal of signals) process.off(signal, passOn);
      process.off('SIGINT', wait);
      settle(exitCode);
    };
    child.once('error', (error) => {
      console.error(`${program} cannot be started: ${error.message}`);
      finish(127);
    });
    child.once('exit', (exitCode, signal) => finish(exitCode ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
