// Stands in for the `code` executable in a test run: takes its arguments, but hosts the run in a VS Code server and headless
// Chromium. So the same suite runs with and without a desktop. Started by the launcher that codeLauncher.ts writes.
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { format } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { ensureHost } from '../../../scripts/vscodeHost.ts';
import { startVscodeServer, type VscodeServer } from '../../../scripts/vscodeServer.ts';
import { CHROMIUM_ARGUMENTS, ensureChromium } from './chromium.ts';
import { type CodeArguments, parseCodeArguments } from './codeArguments.ts';
import { readTestResults, reasonOfFailure } from './testResults.ts';
import { isWorkbenchNoise } from './workbenchNoise.ts';

const RUN_TIMEOUT_MILLISECONDS = Number(process.env['SLIPWAY_EXTENSION_TESTS_TIMEOUT'] ?? 900_000);
const ARTIFACTS_FOLDER = join(import.meta.dirname, '..', '..', '..', 'artifacts', 'extension-tests');
const HOST_EXIT_TIMEOUT_MILLISECONDS = 3000;

/** Runs the suite and gives the exit code that the real executable would give. */
async function main(codeArguments: CodeArguments, resultsFile: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-code-'));
  const cleanups: (() => Promise<unknown>)[] = [];
  const cleanUp = async () => {
    for (const clean of cleanups.splice(0).reverse()) await clean();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void cleanUp().then(() => process.exit(130)));
  }
  const profileFolder = codeArguments.userDataFolder ?? join(folder, 'profile');
  let passed = false;
  let page: Page | undefined;
  try {
    const server = await startVscodeServer({
      host: await ensureHost(),
      profileFolder,
      ...(codeArguments.extensionsFolder ? { extensionsFolder: codeArguments.extensionsFolder } : {}),
      workspaceTrust: 'trusted',
      // The driver is what makes the workbench report the suite's output and its end.
      arguments: ['--enable-smoke-test-driver'],
      settings: { 'git.enabled': false },
    });
    cleanups.push(server.stop);
    const browser = await chromium.launch({
      executablePath: await ensureChromium(),
      args: [...CHROMIUM_ARGUMENTS],
      handleSIGINT: false,
      handleSIGTERM: false,
    });
    cleanups.push(() => browser.close());
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const reportedExitCode = await runSuite(codeArguments, server, browser, page);
    await waitForHostExit(server);
    const results = await readTestResults(resultsFile);
    const reason = reasonOfFailure({ reportedExitCode, serverOutput: server.output(), results });
    if (reason) throw new Error(`The run in VS Code failed: ${reason}.`);
    passed = true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    await keepEvidence(page, profileFolder);
  } finally {
    await cleanUp();
    await rm(folder, { recursive: true, force: true });
  }
  return passed ? 0 : 1;
}

/** Keeps what a person would look at: the picture of the window and what the server said. */
async function keepEvidence(page: Page | undefined, profileFolder: string): Promise<void> {
  await mkdir(ARTIFACTS_FOLDER, { recursive: true });
  const kept = await Promise.allSettled([
    page?.screenshot({ path: join(ARTIFACTS_FOLDER, 'failure.png') }),
    copyFile(join(profileFolder, 'server.log'), join(ARTIFACTS_FOLDER, 'server.log')),
  ]);
  for (const outcome of kept) if (outcome.status === 'rejected') console.error(`Not kept: ${outcome.reason}`);
  console.error(`The picture of the window and the server's log are kept in ${ARTIFACTS_FOLDER}.`);
}

/** Opens the window that runs the suite, passes its output on, and waits for the exit code that the workbench reports. */
async function runSuite(
  { developmentPaths, testsPath, folder }: CodeArguments,
  server: VscodeServer,
  browser: Browser,
  page: Page,
): Promise<number> {
  await page.exposeFunction('codeAutomationLog', (type: string, parameters: unknown[]) => {
    const line = format(...parameters);
    if (!isWorkbenchNoise(line)) (type === 'error' ? console.error : console.log)(line);
  });
  const exited = new Promise<number>((settle) => void page.exposeFunction('codeAutomationExit', settle));
  const broken = new Promise<never>((_settle, reject) => {
    page.once('crash', () => reject(new Error('The page crashed.')));
    browser.once('disconnected', () => reject(new Error('The browser went away.')));
    void server.ended.then(({ exitCode, signal }) => reject(new Error(`The server ended with ${exitCode ?? signal}.`)));
  });
  // It also rejects when everything is stopped on purpose, long after the race below is decided.
  broken.catch(() => undefined);
  const address = server.address({
    ...(folder ? { folder: resolve(folder) } : {}),
    payload: [
      ...developmentPaths.map((path) => ['extensionDevelopmentPath', server.uri(resolve(path))] as const),
      ['extensionTestsPath', server.uri(resolve(testsPath))],
    ],
  });
  await Promise.race([page.goto(address), broken]);
  const late = delay(RUN_TIMEOUT_MILLISECONDS, undefined, { ref: false }).then(() => {
    throw new Error(`The suite did not end within ${RUN_TIMEOUT_MILLISECONDS / 1000} s.`);
  });
  return Promise.race([exited, broken, late]);
}

/** How the extension host ended is in the server's log a moment after the workbench has reported the end. */
async function waitForHostExit(server: VscodeServer): Promise<void> {
  for (let waited = 0; waited < HOST_EXIT_TIMEOUT_MILLISECONDS; waited += 100) {
    if (server.output().includes('Extension Host Process exited')) return;
    await delay(100);
  }
}

const resultsFile = process.env['TEST_RESULTS'];
if (!resultsFile) {
  console.error('TEST_RESULTS must name the file into which the suite writes its results.');
  process.exitCode = 1;
} else {
  process.exitCode = await main(parseCodeArguments(process.argv.slice(2)), resultsFile);
}
