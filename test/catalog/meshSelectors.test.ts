import assert from 'node:assert/strict';
import type { Profile } from '../../server/src/rules/contract.ts';
import { exampleSnapshot, findingsOf } from './exampleWorkspace.ts';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  namespace: shop
spec:
  template:
    metadata:
      labels: { app: cart }
`;

describe('policies that select nothing', () => {
  it('are found where the pods of the namespace are described', () => {
    assert.equal(count('recommended', 'app: carts', DEPLOYMENT), 1);
  });

  it('are mentioned only by the strict profile where no pods are described', () => {
    assert.equal(count('recommended', 'app: carts'), 0);
    assert.equal(count('strict', 'app: carts'), 1);
  });

  it('are not called so when the mesh makes the pods of a gateway', () => {
    assert.equal(count('strict', 'gateway.networking.k8s.io/gateway-name: shop', DEPLOYMENT), 0);
  });

  it('are in doubt beside workflows, whose pods no file describes', () => {
    const workflow =
      'apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nmetadata:\n  name: saga\n  namespace: shop\n';
    assert.equal(count('recommended', 'app: saga', DEPLOYMENT, workflow), 0);
  });

  it('are not called so when another folder has the pods', () => {
    const files = [
      { name: 'cart/policy.yaml', text: policy('app: cart') },
      { name: 'chart/Chart.yaml', text: 'apiVersion: v2\nname: cart\nversion: 1.0.0\n' },
      { name: 'chart/templates/deployment.yaml', text: DEPLOYMENT },
    ];
    assert.equal(countIn('strict', files), 0);
  });
});

function policy(label: string): string {
  return `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: cart
  namespace: shop
spec:
  selector:
    matchLabels:
      ${label}
`;
}

function count(profile: Profile, label: string, ...others: readonly string[]): number {
  return countIn(profile, [{ name: 'shop.yaml', text: [policy(label), ...others].join('---\n') }]);
}

function countIn(profile: Profile, files: readonly { readonly name: string; readonly text: string }[]): number {
  return findingsOf(exampleSnapshot(files), profile).filter(
    ({ rule }) => rule.id === 'service-mesh/selector-matches-nothing',
  ).length;
}
