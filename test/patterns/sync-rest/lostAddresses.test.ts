import assert from 'node:assert/strict';
import { pattern } from '../../../server/src/patterns/sync-rest/pattern.ts';
import { exampleSnapshot } from '../../catalog/exampleWorkspace.ts';

const CALLER = `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers:
        - name: orders
          envFrom: [{ configMapRef: { name: orders } }]
---
`;
const OTHER_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: catalog, namespace: shop }\ndata: {}\n---\n';
const MAP =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: orders, namespace: shop }\ndata: { CATALOG_URL: "http://catalog:80" }\n---\n';
const callee = (name: string, protocol: string) => `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { app: catalog }
  ports: [{ name: ${protocol}, port: 80, targetPort: 8080 }]
---
`;
const PODS =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: catalog, namespace: shop }\nspec:\n  template:\n    metadata: { labels: { app: catalog } }\n---\n';
const policy = (port: number) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: orders, namespace: shop }
spec:
  podSelector: { matchLabels: { app: orders } }
  egress:
    - to: [{ podSelector: { matchLabels: { app: catalog } } }]
      ports: [{ port: ${port} }]
---
`;

function uses(...documents: string[]): string[] {
  const { graph } = exampleSnapshot([{ name: 'shop.yaml', text: documents.join('') }]);
  return [...pattern.recognize(graph)].map(
    ({ name, missing, participants }) =>
      `${name} (${participants.map(({ role }) => role).join(', ')}) misses ${missing.join(', ') || 'nothing'}`,
  );
}

describe('an address that went with its ConfigMap', () => {
  const services = callee('catalog-preview', 'http') + callee('catalog', 'http');

  it('is missed where a policy says whom the caller calls', () => {
    assert.deepEqual(uses(CALLER, OTHER_MAP, services, PODS, policy(8080)), [
      'orders → catalog (caller, service, callee) misses address',
    ]);
  });

  it('is missed in what Kustomize builds, though no other ConfigMap is there', () => {
    const kustomization = 'kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\nresources: [shop.yaml]\n';
    const { graph } = exampleSnapshot([
      { name: 'kustomization.yaml', text: kustomization },
      { name: 'shop.yaml', text: [CALLER, services, PODS, policy(8080)].join('') },
    ]);
    assert.deepEqual(
      [...pattern.recognize(graph)].map(({ name, missing }) => [name, ...missing]),
      [['orders → catalog', 'address']],
    );
  });

  const near: Readonly<Record<string, readonly string[]>> = {
    'the ConfigMap may come from elsewhere': [CALLER, services, PODS, policy(8080)],
    'no policy speaks of the callee': [CALLER, OTHER_MAP, services, PODS],
    'the policy admits another port': [CALLER, OTHER_MAP, services, PODS, policy(9090)],
    'the port speaks no HTTP': [CALLER, OTHER_MAP, callee('catalog', 'tcp-sql'), PODS, policy(8080)],
    'the callee takes telemetry': [CALLER, OTHER_MAP, callee('otel-collector', 'http'), PODS, policy(8080)],
  };
  for (const [what, documents] of Object.entries(near)) {
    it(`is not missed where ${what}`, () => assert.deepEqual(uses(...documents), []));
  }

  it('is there again with the ConfigMap, once', () => {
    assert.deepEqual(uses(CALLER, OTHER_MAP, MAP, services, PODS, policy(8080)), [
      'orders → catalog (caller, address, service, callee) misses nothing',
    ]);
  });
});

describe('an address that jobs alone read', () => {
  it('misses its caller where the policies of a callee from elsewhere refuse them', () => {
    const job =
      'apiVersion: batch/v1\nkind: Job\nmetadata: { name: migrate, namespace: shop }\nspec:\n  template:\n    metadata: { labels: { app: migrate } }\n    spec:\n      containers:\n        - { name: migrate, envFrom: [{ configMapRef: { name: orders } }] }\n---\n';
    const map = MAP.replace('data: { CATALOG', 'data: { LEVEL: info, CATALOG').replace(
      'catalog:80',
      'catalog.shop.svc.cluster.local:80',
    );
    const kustomization = 'kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\nresources: [all.yaml]\n';
    const ingress =
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: catalog, namespace: shop }\nspec:\n  podSelector: { matchLabels: { app: catalog } }\n  ingress:\n    - from: [{ podSelector: { matchLabels: { app: orders } } }]\n';
    const { graph } = exampleSnapshot([
      { name: 'orders/kustomization.yaml', text: kustomization },
      { name: 'orders/all.yaml', text: job + map },
      { name: 'catalog/kustomization.yaml', text: kustomization },
      { name: 'catalog/all.yaml', text: callee('catalog', 'http') + PODS + ingress },
    ]);
    assert.deepEqual(
      [...pattern.recognize(graph)].map(({ name, missing }) => [name, ...missing]),
      [['orders → catalog', 'caller']],
    );
  });
});
