import assert from 'node:assert/strict';
import { eventually } from './eventually.ts';

describe('eventually', () => {
  it('gives the first thing that is accepted', async () => {
    let looks = 0;
    assert.equal(
      await eventually(
        'three looks',
        async () => ++looks,
        (seen) => seen === 3,
      ),
      3,
    );
  });

  it('looks again after a probe that throws', async () => {
    let looks = 0;
    const probe = async () => {
      if (++looks < 2) throw new Error('not yet');
      return 'there';
    };
    assert.equal(await eventually('it', probe), 'there');
  });

  it('says at last what it waited for and what it saw', async () => {
    await assert.rejects(
      eventually(
        'a rollout',
        async () => ['pending'],
        () => false,
        60,
      ),
      {
        message: 'Waited 0.06 s for a rollout; last seen: ["pending"]',
      },
    );
    await assert.rejects(
      eventually(
        'a row',
        () => Promise.reject(new Error('no list')),
        () => true,
        60,
      ),
      /a row; last seen: no list/,
    );
  });
});
