import assert from 'node:assert/strict';
import { documents, recognised } from '../recognised.ts';

const deployment = (replicas: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: cart\nspec:\n${replicas}  template:\n    metadata:\n      labels: { app: cart }\n    spec:\n      containers:\n        - name: cart\n          resources: { requests: { cpu: 100m } }\n`;
const BUDGET =
  'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: cart\nspec:\n  maxUnavailable: 1\n  selector:\n    matchLabels: { app: cart }\n';
const autoscaler = (target: string) =>
  `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: ${target}\nspec:\n  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${target} }\n  maxReplicas: 3\n`;
const STOCK = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: stock\n';
const uses = (...texts: readonly string[]) =>
  recognised('hpa', { 'cart.yaml': documents(...texts, STOCK) }).filter((use) => use.startsWith('cart'));

describe('a workload without its autoscaler', () => {
  it('leaves out the number of pods that its budget takes for granted', () => {
    assert.deepEqual(uses(deployment(''), BUDGET, autoscaler('stock')), ['cart: workload, requests; autoscaler']);
  });

  it('is none with a number, without a budget, or where nothing is scaled', () => {
    assert.deepEqual(uses(deployment('  replicas: 2\n'), BUDGET, autoscaler('stock')), []);
    assert.deepEqual(uses(deployment(''), autoscaler('stock')), []);
    assert.deepEqual(uses(deployment(''), BUDGET), []);
  });

  it('is one use with the autoscaler that is there, and may have one that a template names', () => {
    assert.equal(uses(deployment(''), BUDGET, autoscaler('cart')).length, 1);
    const chart = {
      'chart/Chart.yaml': 'apiVersion: v2\nname: cart\nversion: 1.0.0\n',
      'chart/templates/cart.yaml': documents(deployment(''), BUDGET, autoscaler('{{ .Values.name }}')),
    };
    assert.equal(recognised('hpa', chart).length, 1);
    chart['chart/templates/cart.yaml'] = documents(
      deployment('{{- if .Values.fixed }}\n  replicas: 2\n{{- end }}\n'),
      BUDGET,
    );
    assert.deepEqual(recognised('hpa', { ...chart, 'stock.yaml': documents(autoscaler('stock'), STOCK) }).length, 1);
  });
});
