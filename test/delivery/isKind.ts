import assert from 'node:assert/strict';
import type { Failure } from '../../client/src/cluster/failure.ts';

/** For `assert.rejects` and `assert.throws`: a failure of this kind, which says these words. */
export function isKind(kind: string, words = /^/): (error: Failure) => boolean {
  return (error) => {
    assert.equal(error.report?.kind, kind, String(error));
    assert.match(`${error.report.message} ${error.report.said}`, words);
    return true;
  };
}
