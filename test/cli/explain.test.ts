import assert from 'node:assert/strict';
import { runCli } from './runCli.ts';

describe('slipway explain', () => {
  it('prints the page of a pattern and the section of a rule', () => {
    assert.match(runCli(['explain', 'canary']).stdout, /^# Canary\n/);
    const { stdout, exitCode } = runCli(['explain', 'canary/subset-without-pods']);
    assert.equal(exitCode, 0);
    assert.match(stdout, /^## subset-without-pods\n/);
    assert.doesNotMatch(stdout, /## weights-sum-zero/);
  });

  it('says what there is when it does not know an id', () => {
    const { stderr, exitCode } = runCli(['explain', 'kanary']);
    assert.equal(exitCode, 2);
    assert.match(stderr, /There is no pattern or group 'kanary'\. Is 'canary' meant\? There are: .*canary/);
    assert.match(runCli(['explain', 'canary/nothing']).stderr, /has no rule 'nothing'/);
  });
});
