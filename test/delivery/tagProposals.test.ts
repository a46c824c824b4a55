import assert from 'node:assert/strict';
import { tagProposals } from '../../client/src/delivery/tagProposals.ts';

const now = new Date('2026-03-04T05:06:07Z');
const tags = (sources: Partial<Parameters<typeof tagProposals>[0]>): string[] =>
  tagProposals({ now, ...sources }).map(({ tag }) => tag);

describe('Proposed tags', () => {
  it('start with the git tag when the commit has one', () => {
    const proposals = tagProposals({ now, describe: 'v1.4.0-0-gabc1234', commit: 'abc1234def5678', branch: 'main' });
    assert.deepEqual(proposals[0], { tag: 'v1.4.0', reason: 'the tag of this commit', exists: false });
    assert.deepEqual(
      proposals.map(({ tag }) => tag),
      ['v1.4.0', 'v1.4.1', 'v1.5.0', 'v2.0.0', 'abc1234def56', 'main', '20260304-050607'],
    );
  });

  it('tell how far a commit is after a tag, and that there are changes', () => {
    const [first] = tagProposals({ now, describe: 'v1.4.0-3-gabc1234-dirty' });
    assert.equal(first?.tag, 'v1.4.0-3-gabc1234-dirty');
    assert.equal(first?.reason, '3 commits after v1.4.0, with changes');
  });

  it('count on from the highest version that the registry has, and mark what it has', () => {
    const proposals = tagProposals({
      now,
      describe: '1.2.0-0-gabc',
      existingTags: ['1.2.0', '1.10.1', '1.9.9', 'latest', '2.0.0-rc1'],
    });
    assert.deepEqual(proposals.map(({ tag, exists }) => `${tag}${exists ? '!' : ''}`).slice(0, 4), [
      '1.2.0!',
      '1.10.2',
      '1.11.0',
      '2.0.0',
    ]);
  });

  it('are there without git and without a registry', () => {
    assert.deepEqual(tags({}), ['20260304-050607']);
    assert.deepEqual(tags({ describe: 'abc1234' }), ['20260304-050607']);
  });

  it('start with the template of the team, where everything that it names is known', () => {
    const git = { describe: 'v1.4.0-3-gabc1234', commit: 'abc1234def5678', branch: 'feature/cart' };
    const [first] = tagProposals({ now, ...git, template: '{version}-{branch}.{date}-{commit}' });
    assert.deepEqual(first, {
      tag: 'v1.4.0-feature-cart.20260304-abc1234def56',
      reason: 'by the template {version}-{branch}.{date}-{commit}',
      exists: false,
    });
    const changed = { ...git, describe: 'v1.4.0-0-gabc-dirty' };
    assert.equal(tags({ ...changed, template: '{commit}-x' })[0], 'abc1234def56-x-dirty');
    assert.equal(tags({ ...changed, template: '{version}' })[0], 'v1.4.0-dirty', 'what was changed is not the version');
    assert.equal(tags({ existingTags: ['1.9.0', '1.10.0'], template: 'r{version}' })[0], 'r1.10.0');
    const plain = tags(git);
    for (const template of ['', '  ', '{nothing}', '{toString}', '{}-{commit}', '{version}-{Commit}']) {
      assert.deepEqual(tags({ ...git, template }), plain, template);
    }
    assert.deepEqual(tags({ template: '{version}-{date}' }), ['20260304-050607'], 'half a tag is none');
    const same = tagProposals({ now, template: 'v{date}', existingTags: ['v20260304'] });
    assert.deepEqual(same[0], { tag: 'v20260304', reason: 'by the template v{date}', exists: true });
  });

  it('are always valid tags, each once', () => {
    const found = tags({ branch: 'feature/Ünïcode branch', commit: '20260304-050' });
    assert.deepEqual(found, ['20260304-050', 'feature-n-code-branch', '20260304-050607']);
    for (const tag of tags({ branch: `${'x'.repeat(200)}` })) assert.match(tag, /^\w[\w.-]{0,127}$/);
    assert.deepEqual(tags({ branch: '-._' })[0], '_');
  });
});
