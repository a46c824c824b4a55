import assert from 'node:assert/strict';
import { pattern } from '../../../server/src/patterns/sync-grpc/pattern.ts';
import { exampleSnapshot } from '../../catalog/exampleWorkspace.ts';

const pods = (name: string, port: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: shop }\nspec:\n  template:\n    metadata: { labels: { app: ${name} } }\n    spec:\n      containers:\n        - name: app\n          ports: [{ name: ${port}, containerPort: 50051 }]\n---\n`;
const service = (name: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop }\nspec:\n  selector: { app: ${name} }\n  ports: [{ name: grpc, port: 50051 }]\n---\n`;
const route = (host: string, port: number) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ship, namespace: shop }\nspec:\n  hosts: [${host}]\n  http:\n    - route: [{ destination: { host: ${host}, port: { number: ${port} } } }]\n---\n`;

function uses(...documents: string[]): string[] {
  const { graph } = exampleSnapshot([{ name: 'shop.yaml', text: documents.join('') }]);
  return [...pattern.recognize(graph)].map(
    ({ name, missing, participants }) =>
      `${name} (${participants.map(({ role }) => role).join(', ')}) misses ${missing.join(', ') || 'nothing'}`,
  );
}

const other = service('cart');

describe('pods that speak gRPC and lost their Service', () => {
  it('are known by the name that a route leads to, or by its port', () => {
    const expected = ['cart (service) misses callee', 'shipping (callee, balancing) misses service'];
    assert.deepEqual(uses(other, pods('shipping', 'grpc'), route('shipping', 80)), expected);
    assert.deepEqual(uses(other, pods('shipping', 'grpc'), route('ship', 50051)), expected);
  });

  it('are known in what Kustomize builds', () => {
    const { graph } = exampleSnapshot([
      { name: 'kustomization.yaml', text: 'kind: Kustomization\nresources: [shop.yaml]\n' },
      { name: 'shop.yaml', text: pods('shipping', 'grpc') + route('shipping', 80) },
    ]);
    assert.deepEqual(
      [...pattern.recognize(graph)].map(({ name, missing }) => [name, ...missing]),
      [['shipping', 'service']],
    );
  });

  const near: Readonly<Record<string, readonly string[]>> = {
    'the Service may stand elsewhere': [pods('shipping', 'grpc'), route('shipping', 80)],
    'the pods speak something else': [other, pods('shipping', 'http'), route('shipping', 80)],
    'the route leads to something else': [other, pods('shipping', 'grpc'), route('ship', 80)],
    'another Service picks the pods': [service('shipping'), pods('shipping', 'grpc'), route('ship', 50051)],
  };
  for (const [what, documents] of Object.entries(near)) {
    it(`are left alone where ${what}`, () => {
      assert.deepEqual(
        uses(...documents).filter((use) => use.endsWith('misses service')),
        [],
      );
    });
  }
});
