import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../client/src/adapters/childProcess.ts';
import { isKind } from './isKind.ts';
import { testFolder } from './testFolder.ts';

const signal = new AbortController().signal;

describe('Programs', () => {
  const files = testFolder();
  const sh = (script: string, stop: AbortSignal = signal) =>
    runProgram({ command: 'sh', arguments: ['-c', script], environment: process.env }, stop);

  it('give their output and exit code', async () => {
    assert.deepEqual(await sh('echo out; echo err >&2; exit 3'), { exitCode: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  it('that are not there are told as missing tools', async () => {
    const run = { command: 'no-such-program', arguments: [], environment: process.env };
    await assert.rejects(runProgram(run, signal), isKind('tool-missing', /no-such-program is not on the PATH/));
  });

  it('are ended with all that they started when they are cancelled', async () => {
    const stop = new AbortController();
    const pidFile = join(files.path, 'pid');
    const running = sh(`sleep 1234 & echo $! > ${pidFile}; wait`, stop.signal);
    while (!existsSync(pidFile)) await new Promise((resolve) => setTimeout(resolve, 20));
    stop.abort();
    const startedAt = Date.now();
    await assert.rejects(running, isKind('cancelled'));
    assert.ok(Date.now() - startedAt < 4_000, 'both ended when asked, and had not to be killed');
    const { stdout } = await sh(`ps -o stat= -p $(cat ${pidFile})`);
    assert.match(stdout.trim(), /^Z?$/, 'what is left is at most a process that nobody has asked about yet');
  });

  it('do not start when they are cancelled beforehand', async () => {
    await assert.rejects(sh(`touch ${files.path}/ran`, AbortSignal.abort()), isKind('cancelled'));
    assert.ok(!existsSync(join(files.path, 'ran')));
  });
});
