import assert from 'node:assert/strict';
import { documents, recognised } from '../recognised.ts';

const deployment = (name: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n  template:\n    metadata:\n      labels: { app: ${name} }\n`;
const BUDGET =
  'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: cart\n  namespace: shop\nspec:\n  maxUnavailable: 1\n  selector:\n    matchLabels: { app: cart }\n';
const SERVICE =
  'apiVersion: v1\nkind: Service\nmetadata:\n  name: cart\n  namespace: shop\nspec:\n  selector: { app: cart }\n';
const autoscaler = (target: string) =>
  `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: cart\n  namespace: shop\nspec:\n  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${target} }\n  maxReplicas: 3\n`;
/** Runs pods of its own. */
const operated = (name: string, rest = '') =>
  `apiVersion: db.example.com/v1\nkind: Cluster\nmetadata:\n  name: ${name}\n  namespace: shop\n${rest}`;
const uses = (...texts: readonly string[]) => recognised('rolling', { 'cart.yaml': documents(...texts) });
const LOST = ['cart: budget; workload, readiness'];

describe('a rolling update without its workload', () => {
  it('shows by a budget for pods that nothing can have', () => {
    assert.deepEqual(uses(BUDGET, deployment('stock')), LOST);
    assert.deepEqual(uses(BUDGET), []);
    assert.deepEqual(uses(BUDGET, deployment('cart')), []);
  });

  it('shows by an autoscaler that looks for the same workload', () => {
    assert.deepEqual(uses(BUDGET, operated('orders'), autoscaler('cart')), LOST);
    assert.deepEqual(uses(BUDGET, operated('orders'), autoscaler('stock')), []);
    assert.deepEqual(uses(BUDGET, operated('orders'), autoscaler('cart'), deployment('cart')), []);
  });

  it('shows by a Service for the same pods, unless an operator may run them', () => {
    assert.deepEqual(uses(BUDGET, SERVICE, operated('orders')), LOST);
    assert.deepEqual(uses(BUDGET, SERVICE, operated('cart')), []);
    assert.deepEqual(uses(BUDGET, SERVICE, operated('orders', 'spec: { labels: { app: cart } }\n')), []);
    assert.deepEqual(
      uses(BUDGET, SERVICE.replace('{ app: cart }', '{ app: cart, tier: web }'), operated('orders')),
      [],
    );
  });

  it('is none where another set of files has the pods', () => {
    const chart = {
      'chart/Chart.yaml': 'apiVersion: v2\nname: cart\nversion: 1.0.0\n',
      'chart/templates/cart.yaml': deployment('cart'),
      'budget.yaml': documents(BUDGET, SERVICE, deployment('stock')),
    };
    assert.deepEqual(recognised('rolling', chart), []);
  });
});
