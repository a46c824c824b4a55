import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type Report, reportToConsole, step } from '../../../scripts/step.ts';

const run = promisify(execFile);

/** The names under which distributions install Chromium, and Chrome, which serves as well. */
const EXECUTABLE_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/**
 * What Chromium needs on a machine without a display, sandbox or network: it runs as root in containers, where its
 * sandbox cannot, and asks nobody for updates. It only ever opens pages that the tests serve themselves.
 */
export const CHROMIUM_ARGUMENTS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/**
 * The executable of Chromium: what the variable `CHROMIUM` names, else what is on the PATH, else what apt installs. apt
 * is asked only where {@link maySystemPackagesBeInstalled} agrees. Throws in plain words what is missing.
 */
export async function ensureChromium(report: Report = reportToConsole): Promise<string> {
  const found = findChromium();
  if (found) return found;
  if (!maySystemPackagesBeInstalled(process.env)) {
    throw new Error(
      'Chromium is missing. Install it (on Debian: apt-get install chromium), or name its executable in CHROMIUM, ' +
        'or set SLIPWAY_INSTALL_SYSTEM_PACKAGES=1 to have the tests install it by apt.',
    );
  }
  await step("Installing Debian's chromium package", report, installByApt);
  const installed = findChromium();
  if (installed) return installed;
  throw new Error('apt-get installed chromium, but no executable of that name is on the PATH.');
}

/** Finds Chromium without installing anything. Throws when `CHROMIUM` names something that is not an executable. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = environment['CHROMIUM'];
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`CHROMIUM names ${named}, which is not an executable file.`);
  }
  for (const folder of (environment['PATH'] ?? '').split(delimiter)) {
    for (const name of folder ? EXECUTABLE_NAMES : []) {
      if (isExecutable(join(folder, name))) return join(folder, name);
    }
  }
  return undefined;
}

/** Whether tests may change the machine: in CI, or where the person asked for it. */
export function maySystemPackagesBeInstalled(environment: NodeJS.ProcessEnv): boolean {
  return environment['CI'] === 'true' || environment['SLIPWAY_INSTALL_SYSTEM_PACKAGES'] === '1';
}

async function installByApt(): Promise<void> {
  const apt = (...parameters: string[]) =>
    run('apt-get', ['-o', 'DPkg::Lock::Timeout=600', ...parameters], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      maxBuffer: 64 * 1024 * 1024,
    });
  try {
    await apt('update');
    await apt('install', '-y', '--no-install-recommends', 'chromium');
  } catch (error) {
    throw new Error('apt-get could not install chromium (it needs root and a reachable mirror).', { cause: error });
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Whatever the reason, it cannot be run from here.
    return false;
  }
}
