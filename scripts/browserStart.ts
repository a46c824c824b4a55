import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { packageExtension } from './extensionPackage.ts';
import type { StartOptions } from './startOptions.ts';
import { type Report, reportToConsole, step } from './step.ts';
import { ensureHost, type VscodeHost } from './vscodeHost.ts';
import { installExtension, startVscodeServer, type VscodeServer } from './vscodeServer.ts';

/** Tried first, so that the browser finds the window's layout again: it keeps it by address. */
const USUAL_PORT = 8123;

/**
 * Packages the extension, installs it into the profile as a person would, and serves VS Code with it. The packaged form is
 * used on purpose: what is seen here is what is shipped.
 */
export async function startInBrowser(
  options: StartOptions,
  root: string,
  report: Report = reportToConsole,
): Promise<{ readonly server: VscodeServer; readonly address: string }> {
  const vsixFile = await packageExtension({ root, report });
  const host = await ensureHost(report);
  await installWhenChanged(host, options.profileFolder, vsixFile, report);
  const port = options.port ?? ((await isFree(USUAL_PORT)) ? USUAL_PORT : 0);
  const server = await startVscodeServer({
    host,
    profileFolder: options.profileFolder,
    port,
    workspaceTrust: options.trusted ? 'trusted' : 'ask',
  });
  const { folder, file } = options;
  return { server, address: server.address({ folder, ...(file ? { file } : {}) }) };
}

async function installWhenChanged(
  host: VscodeHost,
  profileFolder: string,
  vsixFile: string,
  report: Report,
): Promise<void> {
  const digest = createHash('sha256')
    .update(await readFile(vsixFile))
    .digest('hex');
  const stampFile = join(profileFolder, 'installed-package.sha256');
  const stamp = await readFile(stampFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (stamp === digest) return report('The extension is installed already.');
  await step('Installing the extension into a profile of its own', report, () =>
    installExtension(host, profileFolder, vsixFile),
  );
  await writeFile(stampFile, digest);
}

/** Whether nobody listens on the port. Somebody may come in between; then the server says so and ends. */
function isFree(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const probe = createServer()
      .once('error', () => settle(false))
      .listen(port, '127.0.0.1', () => probe.close(() => settle(true)));
  });
}
