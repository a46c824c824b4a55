import assert from 'node:assert/strict';
import { documents, recognised } from '../recognised.ts';

const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: cart\nspec:\n  selector: { app: cart }\n';
const version = (name: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: cart-${name}\nspec:\n  template:\n    metadata:\n      labels: { app: cart, version: ${name} }\n`;
const rule = (...labels: readonly string[]) =>
  `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata:\n  name: cart\nspec:\n  host: cart\n  subsets:\n${labels.map((label, index) => `    - { name: s${index}, labels: { ${label} } }\n`).join('')}`;
const route = (weights: readonly number[]) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: cart\nspec:\n  hosts: [cart]\n  http:\n    - route:\n${weights.map((weight, index) => `        - { destination: { host: cart, subset: s${index} }, weight: ${weight} }\n`).join('')}`;
const ROLLOUT =
  'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata:\n  name: cart\nspec:\n  template: { metadata: { labels: { app: cart } } }\n  strategy:\n    canary:\n      steps: [{ setWeight: 10 }]\n      trafficRouting:\n        istio: { virtualService: { name: cart } }\n';
const uses = (...texts: readonly string[]) => recognised('canary', { 'cart.yaml': documents(...texts) });

describe('a canary without its route', () => {
  const versions = [SERVICE, version('v1'), version('v2')];

  it('shows by subsets with pods of their own', () => {
    assert.deepEqual(uses(...versions, rule('version: v1', 'version: v2')), ['cart: subsets, stable, canary; route']);
  });

  it('is none with a route of any kind, with one subset, or with subsets of the same pods', () => {
    assert.deepEqual(uses(...versions, rule('version: v1', 'version: v2'), route([100])), []);
    assert.deepEqual(uses(...versions, rule('version: v1')), []);
    assert.deepEqual(uses(...versions, rule('app: cart', 'version: v2')), []);
    assert.deepEqual(uses(...versions, rule('version: v1', 'version: v3')), []);
  });

  it('shows by a Rollout whose VirtualService is gone', () => {
    assert.deepEqual(uses(ROLLOUT), ['cart: route, stable; route']);
  });
});

describe('a canary that a Rollout moves', () => {
  it('is one use with its VirtualService and the subsets', () => {
    const mesh = [SERVICE, route([100, 0]), rule('app: cart', 'app: cart')];
    assert.deepEqual(uses(ROLLOUT, ...mesh), ['cart: route, stable, canary, subsets; ']);
    assert.deepEqual(uses(ROLLOUT, SERVICE, route([100, 0])), ['cart: route, stable; subsets']);
  });

  it('is none where the Rollout has nothing of a canary but its name', () => {
    const plain = `${ROLLOUT.slice(0, ROLLOUT.indexOf('      steps'))}      maxSurge: 1\n`;
    assert.deepEqual(uses(plain), []);
    assert.deepEqual(uses(plain.replace('maxSurge: 1', 'canaryService: cart')), ['cart: route, stable; route']);
  });

  it('leaves other VirtualServices to themselves', () => {
    const other = route([90, 10]).replaceAll('cart', 'stock');
    assert.equal(uses(ROLLOUT, SERVICE, route([100, 0]), rule('app: cart', 'app: cart'), other).length, 2);
  });
});
