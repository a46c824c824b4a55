import assert from 'node:assert/strict';
import { pattern } from '../../../server/src/patterns/saga/pattern.ts';
import { exampleSnapshot } from '../../catalog/exampleWorkspace.ts';

const served = (name: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: shop }\nspec:\n  template:\n    metadata: { labels: { app: ${name} } }\n---\napiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop }\nspec:\n  selector: { app: ${name} }\n---\n`;
const policy = (name: string, ...callees: string[]) =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name}, namespace: shop }\nspec:\n  podSelector: { matchLabels: { app: ${name} } }\n  egress:\n    - to:\n${callees.map((callee) => `        - podSelector: { matchLabels: { app: ${callee} } }\n`).join('')}---\n`;
const WORKFLOW =
  'apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nmetadata: { name: order, namespace: shop }\n';

function uses(...documents: string[]): string[] {
  const { graph } = exampleSnapshot([{ name: 'shop.yaml', text: documents.join('') }]);
  return [...pattern.recognize(graph)].map(
    ({ name, missing, participants }) =>
      `${name} (${participants.map(({ resource }) => resource.name).join(', ')}) misses ${missing.join(', ')}`,
  );
}

describe('a saga whose workflow is lost', () => {
  const workers = served('stock') + served('money');

  it('is known by the policy for its pods', () => {
    assert.deepEqual(uses(workers, policy('order-saga', 'stock', 'money')), [
      'order-saga (stock, stock, money, money) misses orchestrator, step, compensation',
    ]);
  });

  const near: Readonly<Record<string, readonly string[]>> = {
    'its pods are there': [workers, served('order-saga'), policy('order-saga', 'stock', 'money')],
    'a workflow is there': [workers, policy('order-saga', 'stock', 'money'), WORKFLOW],
    'it calls one service': [workers, policy('order-saga', 'stock')],
    'its services stand elsewhere': [served('cart'), policy('order-saga', 'stock', 'money')],
    'the policy has another name': [workers, policy('orders', 'stock', 'money')],
  };
  for (const [what, documents] of Object.entries(near)) {
    it(`is not seen where ${what}`, () => assert.deepEqual(uses(...documents), []));
  }
});
