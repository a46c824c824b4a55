import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { installOnce } from '../../scripts/installOnce.ts';
import { temporaryFolder } from './temporaryFolder.ts';

describe('installOnce', () => {
  const { path } = temporaryFolder();
  const quick = { pollMilliseconds: 10, staleMilliseconds: 200 };
  let target = '';
  let count = 0;

  beforeEach(() => {
    target = join(path, `case-${count++}`, 'thing');
  });

  const installSlowly = (runs: string[]) => async (folder: string) => {
    runs.push(folder);
    await delay(60);
    writeFileSync(join(folder, 'program'), 'whole');
  };

  it('installs once for many that ask at the same time, and all find it whole', async () => {
    const runs: string[] = [];
    let waited = 0;
    const askers = Array.from({ length: 5 }, async () => {
      await installOnce(target, installSlowly(runs), { ...quick, onWait: () => waited++ });
      assert.equal(readFileSync(join(target, 'program'), 'utf8'), 'whole');
    });
    await Promise.all(askers);
    assert.equal(runs.length, 1);
    assert.equal(waited, 4);
    assert.deepEqual(readdirSync(join(target, '..')), ['thing'], 'neither lock nor unfinished folder stays');
  });

  it('never shows an unfinished folder under the final name', async () => {
    const installing = installOnce(
      target,
      async (folder) => {
        writeFileSync(join(folder, 'half'), '');
        await delay(30);
        assert.equal(existsSync(target), false);
      },
      quick,
    );
    await installing;
    assert.equal(existsSync(join(target, 'half')), true);
  });

  it('leaves nothing after a failure, so that the next one can do it', async () => {
    await assert.rejects(
      installOnce(target, () => Promise.reject(new Error('registry out of reach')), quick),
      /registry out of reach/,
    );
    assert.deepEqual(readdirSync(join(target, '..')), []);
    const runs: string[] = [];
    await installOnce(target, installSlowly(runs), quick);
    assert.equal(runs.length, 1);
  });

  it('takes over from a process that is gone, and clears what it left', async () => {
    mkdirSync(`${target}.unfinished-old`, { recursive: true });
    writeFileSync(`${target}.lock`, '');
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(`${target}.lock`, longAgo, longAgo);
    await installOnce(target, installSlowly([]), quick);
    assert.deepEqual(readdirSync(join(target, '..')), ['thing']);
  });

  it('keeps its lock alive while it works longer than a stale lock may be old', async () => {
    const runs: string[] = [];
    const slow = installOnce(
      target,
      async (folder) => {
        runs.push(folder);
        await delay(500);
      },
      quick,
    );
    await delay(20);
    await Promise.all([slow, installOnce(target, installSlowly(runs), quick)]);
    assert.equal(runs.length, 1);
  });

  it('stops waiting when it is told to', async () => {
    mkdirSync(join(target, '..'), { recursive: true });
    writeFileSync(`${target}.lock`, '');
    await assert.rejects(
      installOnce(target, installSlowly([]), { ...quick, staleMilliseconds: 60_000, signal: AbortSignal.timeout(50) }),
    );
  });
});
