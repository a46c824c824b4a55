import { readFile } from 'node:fs/promises';

/** What a suite inside VS Code writes, as its very last act, into the file that `TEST_RESULTS` names. */
export interface TestResults {
  readonly passes: number;
  readonly failures: number;
  /** Titles of the tests that were skipped. */
  readonly skipped: readonly string[];
  readonly durationMilliseconds: number;
}

/** How a run in VS Code ended, as far as it can be seen from outside. */
export interface RunEvidence {
  /** The exit code that the workbench reports; a crashed extension host is reported as 0. */
  readonly reportedExitCode: number;
  /** What the server printed. */
  readonly serverOutput: string;
  /** Undefined when the suite has written nothing. */
  readonly results: TestResults | undefined;
}

const HOST_EXIT = /Extension Host Process exited with code: (\S+), signal: (\S+?)\./;

/** Why a run cannot be called passed, or undefined when it is proved that it is. */
export function reasonOfFailure({ reportedExitCode, serverOutput, results }: RunEvidence): string | undefined {
  const [, exitCode, signal] = HOST_EXIT.exec(serverOutput) ?? [];
  if (exitCode && (exitCode !== '0' || signal !== 'null')) {
    return `the extension host ended with code ${exitCode} and signal ${signal}`;
  }
  if (!results) return 'the suite ended without its results: the extension host crashed, or run() never finished';
  if (results.failures > 0) return `${results.failures} of ${results.failures + results.passes} tests failed`;
  if (results.passes === 0) return 'not a single test ran';
  if (reportedExitCode !== 0) return `VS Code reported exit code ${reportedExitCode}`;
  return undefined;
}

/** Reads the results, or gives undefined when the suite did not come so far. */
export async function readTestResults(file: string): Promise<TestResults | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as TestResults;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
