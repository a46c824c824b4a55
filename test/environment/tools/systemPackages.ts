import { findProgram, isExecutable } from '../processes/findProgram.ts';
import { runProgram } from '../processes/runProgram.ts';
import type { ReportProgress } from './buildGoProgram.ts';

/** A program or file of the operating system, and the Debian package that brings it. */
export interface SystemRequirement {
  readonly package: string;
  /** Whether it is there. */
  readonly isPresent: () => boolean;
}

/** Where distributions keep the CNI plugins. */
const cniFolders = ['/usr/lib/cni', '/opt/cni/bin'] as const;

/** The folder with the CNI plugins, or `undefined` when none has the bridge plugin. */
export function cniFolder(): string | undefined {
  return cniFolders.find((folder) => isExecutable(`${folder}/bridge`));
}

const program = (file: string, packageName: string): SystemRequirement => ({
  package: packageName,
  isPresent: () => findProgram(file) !== undefined,
});

/** The names under which Chromium and its relatives are installed. */
const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The path of a Chromium, or `undefined`. */
export function findBrowser(): string | undefined {
  return browsers.map((name) => findProgram(name)).find((path) => path !== undefined);
}

/** What the control plane needs of the system. */
export const controlPlaneRequirements: readonly SystemRequirement[] = [
  program('openssl', 'openssl'),
  program('setpriv', 'util-linux'),
];

/** What the engine needs of the system. */
export const engineRequirements: readonly SystemRequirement[] = [
  program('setpriv', 'util-linux'),
  program('unshare', 'util-linux'),
  program('nsenter', 'util-linux'),
  program('ip', 'iproute2'),
  program('docker', 'docker.io'),
  program('dockerd', 'docker.io'),
  program('containerd', 'containerd'),
  program('runc', 'runc'),
  program('docker-registry', 'docker-registry'),
  program('busybox', 'busybox-static'),
  // dockerd looks for iptables at its start, even when it is told to leave it alone.
  program('iptables', 'iptables'),
];

/** What the real node needs of the system, besides what the engine and the control plane need. */
export const nodeRequirements: readonly SystemRequirement[] = [
  { package: 'containernetworking-plugins', isPresent: () => cniFolder() !== undefined },
  program('conntrack', 'conntrack'),
  program('socat', 'socat'),
];

/** What tests in a real window need of the system. */
export const browserRequirements: readonly SystemRequirement[] = [
  { package: 'chromium', isPresent: () => findBrowser() !== undefined },
];

/** What the tests in Neovim need of the system. */
export const neovimRequirements: readonly SystemRequirement[] = [program('nvim', 'neovim')];

/** The packages of the requirements that are not met, each once. */
export function missingPackages(requirements: readonly SystemRequirement[]): string[] {
  const missing = requirements.filter(({ isPresent }) => !isPresent());
  return [...new Set(missing.map((requirement) => requirement.package))];
}

/**
 * Whether packages may be installed: a person's machine is left alone unless they ask for it,
 * a machine of continuous integration is there to be prepared.
 */
export function mayInstallPackages(environment: NodeJS.ProcessEnv = process.env): boolean {
  return environment['CI'] === 'true' || environment['SLIPWAY_INSTALL_SYSTEM_PACKAGES'] === '1';
}

/** One sentence: what is missing and how to get it. */
export function describeMissingPackages(packages: readonly string[]): string {
  return (
    `missing system packages: ${packages.join(' ')} ` +
    `(apt-get install ${packages.join(' ')}, or set SLIPWAY_INSTALL_SYSTEM_PACKAGES=1 to have it done)`
  );
}

/** Installs Debian packages with apt-get. Needs root. */
export async function installPackages(packages: readonly string[], report: ReportProgress): Promise<void> {
  if (findProgram('apt-get') === undefined) throw new Error(`There is no apt-get to install ${packages.join(' ')}.`);
  if (process.getuid?.() !== 0) throw new Error(`Only root can install ${packages.join(' ')}.`);
  report(`Installing system packages: ${packages.join(' ')}.`);
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  await runProgram('apt-get', ['update', '-qq'], { environment });
  await runProgram('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { environment });
}
