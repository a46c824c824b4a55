import assert from 'node:assert/strict';
import { patternIndex, type TestResult } from '../../scripts/patternIndex.ts';

const passed = (...path: string[]): TestResult => ({ path, state: 'passed' });
const FULL: readonly TestResult[] = [
  passed('the patterns of the example shop', 'use canary completely'),
  passed('catalog', 'canary', 'weights-sum-zero', 'finds what the failing example marks, and nothing else'),
  passed('catalog', 'canary', 'subset-without-pods', 'finds what the failing example marks, and nothing else'),
  passed('catalog', 'canary', 'weights-not-percent', 'is mended by "Make the weights 100"'),
  passed('catalog', 'canary', 'has a section for each rule and a rule for each section'),
  passed('snippets', 'canary-rollout', 'is recognised as its pattern'),
  passed('Apply Pattern', 'adds canary to a workload, with one file for all'),
  passed('the catalog on a real API server', 'the snippet canary-rollout', 'is accepted'),
];
const index = (results: readonly TestResult[], patterns = ['canary']) =>
  patternIndex(patterns, (id) => [id, `${id}-rollout`], results);

describe('the index of patterns', () => {
  it('counts what passed, column by column', () => {
    const { gaps, markdown } = index(FULL);
    assert.deepEqual(gaps, []);
    assert.match(markdown, /^\| \[canary\]\(canary\.md\) \| 1 \| 2 \| 1 \| 1 \| 1 \| 1 \| 1 \|$/m);
  });

  it('has a gap for each column that no test fills', () => {
    const columns = ['recognised', 'rules', 'fixes', 'page', 'snippet', 'apply', 'API server'];
    const alone = FULL.filter(({ path }) => !path.includes('subset-without-pods'));
    for (const [position, left] of alone.entries()) {
      const { gaps, markdown } = index(alone.filter((result) => result !== left));
      assert.equal(gaps.length, 1, left.path.join(' '));
      assert.ok(columns.includes(gaps[0]!.replace('canary: ', '')), `${position}: ${gaps[0]}`);
      assert.match(markdown, /\*\*missing\*\*/);
    }
  });

  it('takes nothing that failed or was skipped for filled', () => {
    for (const state of ['failed', 'skipped'] as const) {
      const results = FULL.map((result) => (result.path[0] === 'snippets' ? { ...result, state } : result));
      assert.deepEqual(index(results).gaps, ['canary: snippet']);
      assert.match(index(results).markdown, new RegExp(`\\*\\*1 ${state}\\*\\*`));
    }
  });

  it('does not take the tests of one pattern for those of another', () => {
    assert.equal(index(FULL, ['canar']).gaps.length, 7);
  });

  it('says why a pattern cannot have something', () => {
    const { gaps, markdown } = index([], ['terraform']);
    assert.deepEqual(gaps, [
      'terraform: recognised',
      'terraform: rules',
      'terraform: fixes',
      'terraform: snippet',
      'terraform: page',
    ]);
    assert.match(markdown, /– \(no object of a cluster\)/);
  });
});
