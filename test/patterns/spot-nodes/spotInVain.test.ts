import assert from 'node:assert/strict';
import { recognised } from '../recognised.ts';

const group = (capacity: string) => `resource "aws_eks_node_group" "main" {\n  cluster_name = "shop"\n${capacity}}\n`;
const deployment = (key: string, value: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: cart\nspec:\n  template:\n    spec:\n      nodeSelector:\n        ${key}: ${value}\n`;
const karpenter = (requirement: string) =>
  `apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata:\n  name: general\nspec:\n  template:\n    spec:\n      requirements: [${requirement}]\n`;
const EKS = deployment('eks.amazonaws.com/capacityType', 'SPOT');
const KARPENTER = deployment('karpenter.sh/capacity-type', 'spot');
const uses = (workload: string, pools: Readonly<Record<string, string>>) =>
  recognised('spot-nodes', { 'cart.yaml': workload, ...pools });

describe('pods that ask for spot capacity', () => {
  it('miss it where every group of nodes is on demand', () => {
    const missed = ['eks.amazonaws.com/capacityType: SPOT: workload; capacity'];
    assert.deepEqual(uses(EKS, { 'nodes.tf': group('  capacity_type = "ON_DEMAND"\n') }), missed);
    assert.deepEqual(uses(EKS, { 'nodes.tf': group('') }), missed);
    const onDemand = karpenter('{ key: karpenter.sh/capacity-type, operator: In, values: [on-demand] }');
    assert.deepEqual(uses(KARPENTER, { 'pool.yaml': onDemand }), [
      'karpenter.sh/capacity-type: spot: workload; capacity',
    ]);
  });

  it('have it where a group gives it, and make no second use', () => {
    assert.deepEqual(uses(EKS, { 'nodes.tf': group('  capacity_type = "SPOT"\n') }), ['main: capacity, workload; ']);
  });

  it('may have it from a group that is not known, of another cloud, or elsewhere', () => {
    assert.deepEqual(uses(EKS, { 'nodes.tf': group('  capacity_type = var.capacity\n') }), []);
    assert.deepEqual(uses(KARPENTER, { 'nodes.tf': group('') }), []);
    assert.deepEqual(uses(EKS, {}), []);
    assert.deepEqual(uses(KARPENTER, { 'pool.yaml': karpenter('{ key: a, operator: Exists }') }), []);
  });

  it('are those that can stand nowhere else', () => {
    const onDemand = { 'nodes.tf': group('') };
    assert.deepEqual(uses(deployment('eks.amazonaws.com/capacityType', 'ON_DEMAND'), onDemand), []);
  });
});
