import assert from 'node:assert/strict';
import { CANNOT } from '../../scripts/patternIndex.ts';
import { PATTERNS } from '../../server/src/patterns/registry.generated.ts';

describe('Apply Pattern offers', () => {
  for (const { apply, id } of PATTERNS) {
    const reason = CANNOT[id]?.['apply'];
    it(reason === undefined ? `${id}` : `no ${id}: ${reason}`, () => {
      assert.equal(apply !== undefined, reason === undefined);
    });
  }
});
