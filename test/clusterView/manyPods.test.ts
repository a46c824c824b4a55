import assert from 'node:assert/strict';
import { measureClusterTree } from '../bench/clusterTree.ts';

describe('The cluster view over 5,000 pods', function () {
  this.timeout(60_000);

  it('asks for one list and one watch of each kind that is shown, and stays quick', async () => {
    const row = await measureClusterTree(5_000);
    assert.equal(row.requests, 2 * row.kinds);
    // Far above what it takes, so that only another order of growth fails on a busy machine.
    assert.ok(row.firstTreeMilliseconds < 5_000, `first tree after ${row.firstTreeMilliseconds} ms`);
    assert.ok(row.eventMilliseconds < 5, `${row.eventMilliseconds} ms for each event`);
  });
});
