import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findChromium, maySystemPackagesBeInstalled } from './chromium.ts';

describe('Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-chromium-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const executable = join(folder, 'chromium');
  const plainFile = join(folder, 'browser');

  before(() => {
    for (const file of [executable, plainFile]) writeFileSync(file, '#!/bin/sh\n');
    chmodSync(executable, 0o755);
    chmodSync(plainFile, 0o644);
    mkdirSync(join(folder, 'decoy', 'chromium'), { recursive: true });
  });

  it('is what CHROMIUM names', () => assert.equal(findChromium({ CHROMIUM: executable, PATH: '' }), executable));

  it('is refused with a word where CHROMIUM names something else', () => {
    assert.throws(
      () => findChromium({ CHROMIUM: join(folder, 'absent'), PATH: folder }),
      /absent, which is not an exec/,
    );
    assert.throws(() => findChromium({ CHROMIUM: folder, PATH: folder }), /not an executable file/);
  });

  it('is found on the PATH, past folders of its name and gaps', () => {
    const path = ['', '/nowhere', join(folder, 'decoy'), folder].join(delimiter);
    assert.equal(findChromium({ PATH: path }), executable);
  });

  it('is absent where nothing is', () => assert.equal(findChromium({ PATH: join(folder, 'decoy') }), undefined));

  it('is installed only in CI or when asked for', () => {
    assert.equal(maySystemPackagesBeInstalled({}), false);
    assert.equal(maySystemPackagesBeInstalled({ CI: 'false', SLIPWAY_INSTALL_SYSTEM_PACKAGES: '0' }), false);
    assert.equal(maySystemPackagesBeInstalled({ CI: 'true' }), true);
    assert.equal(maySystemPackagesBeInstalled({ SLIPWAY_INSTALL_SYSTEM_PACKAGES: '1' }), true);
  });
});
