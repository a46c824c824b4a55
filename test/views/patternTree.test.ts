import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { patternTree } from '../../client/src/views/patternTree.ts';
import type { InstanceNode, PatternNode } from '../../protocol/slipwayProtocol.ts';

const location = { uri: 'file:///a.yaml', range: { start: { line: 3, character: 2 }, end: { line: 3, character: 6 } } };
const instance = (state: InstanceNode['state']): InstanceNode => ({
  name: 'catalog',
  state,
  participants: [{ role: 'stable workload', name: 'Deployment catalog-v1', location }],
  missing: state === 'incomplete' ? ['canary workload'] : [],
  faults: state === 'faulty' ? [{ message: 'The weights sum to 0.', severity: 'error', location }] : [],
});
const pattern = (id: string, instances: readonly InstanceNode[], applicable = false): PatternNode => ({
  id,
  title: `Title of ${id}`,
  category: id === 'canary' ? 'deployment' : 'cost',
  summary: 'What it is for.',
  instances,
  applicable,
});

describe('the Patterns view', () => {
  it('groups patterns by category in their order and counts those in use', () => {
    const tree = patternTree([pattern('canary', [instance('complete')]), pattern('hpa', [])]);
    assert.deepEqual(
      tree.map(({ label, description }) => [label, description]),
      [
        ['Deployment', '1 of 1 used'],
        ['Cost', '0 of 1 used'],
      ],
    );
    assert.equal(tree[1]?.children[0]?.description, 'not used');
  });

  it('tells each state by icon and in words, and lets the worst stand for the pattern', () => {
    const item = patternTree([pattern('canary', [instance('complete'), instance('faulty'), instance('incomplete')])])[0]
      ?.children[0];
    assert.equal(item?.description, '1 complete, 1 incomplete, 1 faulty');
    assert.equal(item.icon?.name, 'error');
    assert.deepEqual(
      item.children.map(({ description, icon }) => [description, icon?.name]),
      [
        ['complete', 'pass'],
        ['faulty', 'error'],
        ['incomplete', 'circle-large-outline'],
      ],
    );
  });

  it('leads from participants and faults to their lines, and names what is missing', () => {
    const [faulty, incomplete] = patternTree([pattern('canary', [instance('faulty'), instance('incomplete')])])[0]!
      .children[0]!.children;
    assert.deepEqual(
      faulty?.children.map(({ label, location: place }) => [label, place]),
      [
        ['Deployment catalog-v1', location],
        ['The weights sum to 0.', location],
      ],
    );
    assert.equal(incomplete?.children[1]?.label, 'No canary workload');
  });

  it('offers to apply only what can be applied', () => {
    const items = patternTree([pattern('canary', [], true), pattern('hpa', [])]).flatMap(({ children }) => children);
    assert.deepEqual(
      items.map(({ argument, contextValue }) => [contextValue, argument]),
      [
        ['pattern.applicable', { pattern: 'canary' }],
        ['pattern', { pattern: 'hpa' }],
      ],
    );
  });
});
