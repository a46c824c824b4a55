// Runs inside VS Code's extension host: mocha over the test files that are bundled with it.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import type { TestResults } from './testResults.ts';

/** One test file and how to load it. */
export type SuiteFile = readonly [name: string, load: () => Promise<unknown>];

/** Room for a test with several waits on a busy machine; what works comes at once. */
const TEST_TIMEOUT_MILLISECONDS = 240_000;

/**
 * Runs the files and writes {@link TestResults} as the very last act: a run that ends without them has crashed. Rejects when
 * a test fails. In CI a skipped or an exclusive test is a failure.
 */
export async function runSuite(files: readonly SuiteFile[]): Promise<void> {
  const resultsFile = process.env['TEST_RESULTS'];
  if (!resultsFile) throw new Error('TEST_RESULTS must name the file for the results.');
  const inCi = process.env['CI'] === 'true';
  const grep = process.env['SLIPWAY_TEST_GREP'];
  const mocha = new Mocha({
    ui: 'bdd',
    color: true,
    timeout: TEST_TIMEOUT_MILLISECONDS,
    forbidOnly: inCi,
    forbidPending: inCi,
    ...(grep ? { grep } : {}),
  });
  // The files call describe and it as globals, which mocha sets when it is told that a file is about to be loaded.
  for (const [name, load] of files) {
    mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, name, mocha);
    await load();
  }
  const startedAt = Date.now();
  const skipped: string[] = [];
  let passes = 0;
  const failures = await new Promise<number>((settle) => {
    mocha
      .run(settle)
      .on('pass', () => passes++)
      .on('pending', (test) => skipped.push(test.fullTitle()));
  });
  const results: TestResults = { passes, failures, skipped, durationMilliseconds: Date.now() - startedAt };
  writeFileSync(resultsFile, JSON.stringify(results));
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}
