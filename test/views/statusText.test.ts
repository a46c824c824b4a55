import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type StatusSituation, statusText } from '../../client/src/views/statusText.ts';

const situation: StatusSituation = {
  target: { context: 'staging', namespace: 'shop' },
  cluster: 'not asked',
  isTrusted: true,
  findings: undefined,
  running: undefined,
};

describe('the status bar', () => {
  it('names context and namespace, and what was last heard of the cluster', () => {
    assert.match(statusText(situation).text, /staging\/shop/);
    assert.match(statusText(situation).tooltip, /Context staging, namespace shop: not asked/);
    assert.equal(statusText(situation).isWarning, false);
    assert.equal(statusText({ ...situation, cluster: 'unreachable' }).isWarning, true);
  });

  it('says that nothing is chosen, and that a workspace is restricted', () => {
    assert.match(statusText({ ...situation, target: undefined }).text, /no context/);
    assert.match(statusText({ ...situation, isTrusted: false }).tooltip, /not trusted/);
  });

  it('shows what runs before all else, and findings only when asked', () => {
    assert.equal(statusText({ ...situation, running: 'Ship orders' }).text, '$(sync~spin) Ship orders');
    assert.ok(!statusText(situation).text.includes('$(error)'));
    assert.match(
      statusText({ ...situation, findings: { errors: 2, warnings: 1 } }).text,
      /\$\(error\) 2 \$\(warning\) 1/,
    );
  });
});
