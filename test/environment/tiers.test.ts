import assert from 'node:assert/strict';
import { describeTier, summarizeTiers } from './tiers.ts';
import { describeMissingPackages, mayInstallPackages, missingPackages } from './tools/systemPackages.ts';

describe('tiers', () => {
  it('are unavailable for an obstacle first, then for what is not built', () => {
    assert.deepEqual(describeTier(undefined, []), { available: true });
    assert.deepEqual(describeTier('it needs root', ['kubelet']), { available: false, reason: 'it needs root' });
    const unbuilt = describeTier(undefined, ['kubelet', 'kube-proxy']);
    assert.equal(unbuilt.available, false);
    assert.match(unbuilt.reason!, /^not built yet: kubelet kube-proxy .*prepare\.ts/);
  });

  const descriptions = {
    helm: { available: true },
    kubernetes: { available: true },
    engine: { available: true },
    node: { available: false, reason: 'it needs root' },
    browser: { available: true },
    neovim: { available: true },
  };

  it('are skipped aloud on a person’s machine', () => {
    const { lines, failed } = summarizeTiers(descriptions, {});
    assert.equal(failed, false);
    assert.ok(lines.includes('node: SKIPPED: it needs root'));
    assert.ok(lines.includes('kubernetes: available'));
  });

  it('fail the run in continuous integration when one is missing', () => {
    const { lines, failed } = summarizeTiers(descriptions, { CI: 'true' });
    assert.equal(failed, true);
    assert.ok(lines.includes('node: MISSING, and CI needs it: it needs root'));
    assert.equal(summarizeTiers({ ...descriptions, node: { available: true } }, { CI: 'true' }).failed, false);
  });
});

describe('system packages', () => {
  it('are named once each, and only those that are missing', () => {
    const requirement = (name: string, present: boolean) => ({ package: name, isPresent: () => present });
    const requirements = [requirement('a', false), requirement('b', true), requirement('a', false)];
    assert.deepEqual(missingPackages(requirements), ['a']);
    assert.match(describeMissingPackages(['a', 'c']), /apt-get install a c,/);
  });

  it('are installed only in continuous integration or on request', () => {
    assert.equal(mayInstallPackages({}), false);
    assert.equal(mayInstallPackages({ CI: 'false', SLIPWAY_INSTALL_SYSTEM_PACKAGES: '0' }), false);
    assert.equal(mayInstallPackages({ CI: 'true' }), true);
    assert.equal(mayInstallPackages({ SLIPWAY_INSTALL_SYSTEM_PACKAGES: '1' }), true);
  });
});
