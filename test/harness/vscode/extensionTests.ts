import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { buildProject } from '../../../scripts/projectBuild.ts';
import { type Report, reportToConsole, step } from '../../../scripts/step.ts';
import { writeCodeLauncher } from './codeLauncher.ts';
import { copyWorkspace } from './copyWorkspace.ts';
import { readTestResults, reasonOfFailure, type TestResults } from './testResults.ts';

/** Which suite to run, and in which VS Code. */
export interface ExtensionTestsOptions {
  /** The folder that holds package.json. */
  readonly root: string;
  /** `desktop` downloads one and needs a display. */
  readonly vscode: 'served' | 'desktop';
  /** The folder that is opened; the suite gets a copy of it, because tests write. */
  readonly workspaceFolder: string;
  /** Where the suite's results are written; they are also there when a test failed. It must not exist yet. */
  readonly resultsFile?: string;
  readonly report?: Report;
}

/** Where the test files are, relative to the root. */
const SUITE_FOLDER = 'test/extension/suite';

/**
 * Builds the extension and the suite, runs the suite inside VS Code's extension host, and gives its results. Throws when a
 * test fails, when none ran, and when VS Code ends without proof of a finished run.
 */
export async function runExtensionTests(options: ExtensionTestsOptions): Promise<TestResults> {
  const { root, vscode, workspaceFolder, report = reportToConsole } = options;
  await buildProject({ root, report });
  const suite = join(root, 'dist', 'test', 'extension.cjs');
  await step('Bundling the extension tests', report, () => bundleSuite(root, suite));
  const folder = await mkdtemp(join(tmpdir(), 'slipway-extension-tests-'));
  try {
    const workspace = join(folder, 'workspace');
    await copyWorkspace(workspaceFolder, workspace);
    const profile = join(folder, 'profile');
    await mkdir(profile);
    const resultsFile = options.resultsFile ?? join(folder, 'results.json');
    await runTests({
      ...(vscode === 'served' ? { vscodeExecutablePath: await writeCodeLauncher(join(root, 'dist', 'test')) } : {}),
      extensionDevelopmentPath: root,
      extensionTestsPath: suite,
      launchArgs: [workspace, '--user-data-dir', profile, '--extensions-dir', join(profile, 'extensions')],
      extensionTestsEnv: { TEST_RESULTS: resultsFile },
    });
    const results = await readTestResults(resultsFile);
    const reason = reasonOfFailure({ reportedExitCode: 0, serverOutput: '', results });
    if (!results || reason) throw new Error(`The run in VS Code failed: ${reason}.`);
    return results;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Makes one file of every test file and the program that runs them; `vscode` comes from the host, mocha from node_modules. */
export async function bundleSuite(root: string, outputFile: string): Promise<void> {
  const names = await readdir(join(root, SUITE_FOLDER), { recursive: true });
  const files = names.filter((name) => name.endsWith('.test.ts')).sort();
  if (files.length === 0) throw new Error(`There is no test in ${SUITE_FOLDER}.`);
  const runner = relative(root, join(import.meta.dirname, 'extensionSuite.ts'));
  const entries = files.map((name) => {
    const file = JSON.stringify(`./${SUITE_FOLDER}/${name}`);
    return `  [${file}, () => import(${file})],`;
  });
  await build({
    absWorkingDir: root,
    stdin: {
      contents: [
        `import { runSuite } from ${JSON.stringify(runner.startsWith('.') ? runner : `./${runner}`)};`,
        `export const run = () => runSuite([\n${entries.join('\n')}\n]);`,
      ].join('\n'),
      resolveDir: root,
      loader: 'ts',
    },
    outfile: outputFile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    external: ['vscode', 'mocha', '*.node'],
    mainFields: ['module', 'main'],
    sourcemap: 'inline',
    logLevel: 'error',
  });
}
