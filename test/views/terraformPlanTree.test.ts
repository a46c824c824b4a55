import assert from 'node:assert/strict';
import { parsePlan } from '../../client/src/delivery/terraform/plan.ts';
import { terraformPlanTree } from '../../client/src/views/terraformPlanTree.ts';

describe('the tree of a Terraform plan', () => {
  const change = { actions: ['delete', 'create'], before: { size: 1 }, after: { size: 2 }, replace_paths: [['size']] };
  const resource = { address: 'aws_vpc.main', mode: 'managed', type: 'aws_vpc', name: 'main', change };
  const plan = parsePlan({
    format_version: '1.2',
    resource_changes: [resource, { ...resource, address: 'module.far.aws_vpc.main' }],
    resource_drift: [{ ...resource, change: { actions: ['update'], before: { size: 0 }, after: { size: 1 } } }],
    output_changes: { url: { actions: ['create'], before: null, after: 'https://a' } },
  })!;
  const start = { line: 4, character: 0 };
  const location = { uri: 'file:///infra/main.tf', range: { start, end: start } };
  const tree = terraformPlanTree(plan, 'infra', new Map([['aws_vpc.main', location]]));

  it('says what is to happen, object by object, and what is lost', () => {
    assert.deepEqual(
      tree.map(({ description, label }) => `${label}: ${description}`),
      [
        'infra: 2 to add, 2 to destroy, 1 output to change',
        'aws_vpc.main: replace',
        'module.far.aws_vpc.main: replace',
        'Outputs: 1',
        'Changed outside of Terraform: 1',
      ],
    );
    assert.equal(tree[1]?.children[0]?.description, '1 → 2, forces replacement');
    assert.equal(tree[4]?.children[0]?.children[0]?.description, '0 → 1');
  });

  it('leads to the blocks that are in the workspace', () => {
    assert.deepEqual(
      [tree[1]?.location, tree[1]?.children[0]?.location, tree[2]?.location],
      [location, location, undefined],
    );
  });
});
