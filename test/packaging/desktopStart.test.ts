import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { temporaryFolder } from './temporaryFolder.ts';

const ROOT = join(import.meta.dirname, '..', '..');

describe('npm start on a desktop', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();

  const start = (environment: Record<string, string>, ...parameters: string[]) => {
    const { VSCODE_IPC_HOOK_CLI: _, WSL_DISTRO_NAME: __, ...inherited } = process.env;
    return spawnSync(
      process.execPath,
      ['--import', 'tsx', 'scripts/start.ts', ...parameters, '--profile', join(folder.path, 'profile'), folder.path],
      { cwd: ROOT, encoding: 'utf8', env: { ...inherited, DISPLAY: ':0', ...environment } },
    );
  };

  before(() => {
    // Stands in for the editor: notes what it was asked for, and ends as a closed window does.
    folder.write({ 'bin/code': `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder.path}/asked'\nexit 3\n` });
    chmodSync(join(folder.path, 'bin', 'code'), 0o755);
  });

  it('opens the installed VS Code with the built extension, says which it is, and ends with it', () => {
    const path = `${join(folder.path, 'bin')}${delimiter}${process.env['PATH']}`;
    const { status, stdout, stderr } = start({ PATH: path }, '--desktop');
    assert.equal(status, 3, stderr);
    assert.ok(stdout.includes(join(folder.path, 'bin', 'code')), stdout);
    assert.match(stdout, /--browser/, 'the other way is named');
    const asked = readFileSync(join(folder.path, 'asked'), 'utf8').trim().split('\n');
    assert.equal(asked[0], `--extensionDevelopmentPath=${ROOT}`);
    assert.equal(asked.at(-1), folder.path);
  });

  it('says what is missing when there is none', () => {
    const { status, stderr } = start({ PATH: folder.path }, '--desktop');
    assert.equal(status, 1);
    assert.match(stderr, /no desktop VS Code here.*Leave out --desktop/);
  });
});
