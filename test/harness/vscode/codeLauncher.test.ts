import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCodeLauncher } from './codeLauncher.ts';

describe('the stand-in for `code`', () => {
  const folder = mkdtempSync(join(tmpdir(), "slipway launcher's "));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = async (environment: Record<string, string>, ...parameters: string[]) => {
    const launcher = await writeCodeLauncher(join(folder, 'deep'));
    const { TEST_RESULTS: _, ...inherited } = process.env;
    return spawnSync(launcher, parameters, { cwd: '/', encoding: 'utf8', env: { ...inherited, ...environment } });
  };

  it('is a program that starts from any folder, and refuses a run that nobody could prove', async () => {
    const { status, stderr } = await run({}, '--extensionTestsPath=/t');
    assert.match(stderr, /TEST_RESULTS must name the file/);
    assert.equal(status, 1);
  });

  it('passes its arguments on', async () => {
    const { status, stderr } = await run(
      { TEST_RESULTS: join(folder, 'r.json') },
      '/a b',
      '/c',
      '--extensionTestsPath=/t',
    );
    assert.match(stderr, /opens one folder, not \/a b and \/c/);
    assert.notEqual(status, 0);
  });
});
