import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTestResults, reasonOfFailure, type TestResults } from './testResults.ts';

const PASSED: TestResults = { passes: 3, failures: 0, skipped: [], durationMilliseconds: 10 };
const CLEAN_EXIT = 'Extension Host Process exited with code: 0, signal: null.';

describe('the proof of a run in VS Code', () => {
  const judge = (results: TestResults | undefined, serverOutput = CLEAN_EXIT, reportedExitCode = 0) =>
    reasonOfFailure({ reportedExitCode, serverOutput, results });

  it('is a finished run with passes and no failure', () => assert.equal(judge(PASSED), undefined));

  it('does not need the log to say how the host ended', () => assert.equal(judge(PASSED, ''), undefined));

  it('is missing when nothing was written, although VS Code reports success', () => {
    assert.match(judge(undefined) ?? '', /without its results/);
  });

  it('is missing when the host was killed, even after the results', () => {
    const killed = 'Extension Host Process exited with code: null, signal: SIGKILL.';
    assert.match(judge(PASSED, killed) ?? '', /code null and signal SIGKILL/);
  });

  it('is missing when a test failed', () => {
    assert.equal(judge({ ...PASSED, failures: 2 }), '2 of 5 tests failed');
  });

  it('is missing when no test ran', () => {
    assert.equal(judge({ ...PASSED, passes: 0 }), 'not a single test ran');
  });

  it('is missing when VS Code reports a failure of its own', () => {
    assert.equal(judge(PASSED, CLEAN_EXIT, 1), 'VS Code reported exit code 1');
  });
});

describe('the results file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-results-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'results.json');

  it('is undefined while it is absent or half-written', async () => {
    assert.equal(await readTestResults(file), undefined);
    writeFileSync(file, '{"passes": 3, "fail');
    assert.equal(await readTestResults(file), undefined);
  });

  it('is read when it is whole', async () => {
    writeFileSync(file, JSON.stringify(PASSED));
    assert.deepEqual(await readTestResults(file), PASSED);
  });
});
