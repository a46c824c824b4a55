// node --import tsx test/harness/vscode/runExtensionTests.ts [--desktop] [FOLDER]
//
// Runs the suite of test/extension/suite inside a VS Code: one that is served to headless Chromium, or with --desktop one
// that is downloaded for the desktop. TEST_COUNTS names a file for the counts of the whole test run. TEST_RESULTS may name a file for the counts.
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runExtensionTests } from './extensionTests.ts';

const root = resolve(import.meta.dirname, '..', '..', '..');
const { values, positionals } = parseArgs({ options: { desktop: { type: 'boolean' } }, allowPositionals: true });
const workspaceFolder = resolve(positionals[0] ?? join(root, 'examples', 'shop-with-faults'));
try {
  if (!existsSync(workspaceFolder)) throw new Error(`There is no folder ${workspaceFolder} to open.`);
  const resultsFile = process.env['TEST_RESULTS'];
  const results = await runExtensionTests({
    root,
    vscode: values.desktop ? 'desktop' : 'served',
    workspaceFolder,
    ...(resultsFile ? { resultsFile: resolve(resultsFile) } : {}),
  });
  console.log(
    `${results.passes} tests passed inside VS Code in ${(results.durationMilliseconds / 1000).toFixed(1)} s.`,
  );
  const countsFile = process.env['TEST_COUNTS'];
  if (countsFile) writeFileSync(countsFile, JSON.stringify(results));
  for (const title of results.skipped) console.log(`SKIPPED: ${title}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
