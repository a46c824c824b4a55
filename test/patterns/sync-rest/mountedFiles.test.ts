import assert from 'node:assert/strict';
import { pattern } from '../../../server/src/patterns/sync-rest/pattern.ts';
import { exampleSnapshot, findingsOf } from '../../catalog/exampleWorkspace.ts';

/** A gateway that keeps its backends in a JSON file, and the Service that it calls. */
function gateway(key: string, host: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata: { name: gateway, namespace: shop }
data:
  ${key}: |
    {
      "$schema": "http://www.krakend.io/schema/krakend.json",
      "note": "see http://old:9999/readme",
      "endpoints": [
        { "endpoint": "/home", "backend": [{ "host": ["${host}"], "url_pattern": "/products" }] }
      ]
    }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: gateway, namespace: shop }
spec:
  template:
    metadata: { labels: { app: gateway } }
    spec:
      containers: [{ name: krakend }]
      volumes: [{ name: configuration, configMap: { name: gateway } }]
---
apiVersion: v1
kind: Service
metadata: { name: catalog, namespace: shop }
spec: { selector: { app: catalog }, ports: [{ port: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: catalog, namespace: shop }
spec: { template: { metadata: { labels: { app: catalog } } } }
`;
}

function found(text: string): string[] {
  return findingsOf(exampleSnapshot([{ name: 'shop.yaml', text }]), 'strict').flatMap(({ rule, finding }) =>
    rule.id.startsWith('sync-rest/') ? `${rule.id} ${finding.at.source.slice(finding.at.span)}` : [],
  );
}

describe('addresses in a mounted JSON file', () => {
  it('are calls of whoever mounts it', () => {
    const { graph } = exampleSnapshot([
      { name: 'shop.yaml', text: gateway('krakend.json', 'http://catalog.shop.svc.cluster.local:8080') },
    ]);
    assert.deepEqual(
      [...pattern.recognize(graph)].map(({ name, missing }) => [name, missing]),
      [['gateway → catalog', []]],
    );
  });

  it('are checked at their place, and words in texts are not', () => {
    assert.deepEqual(found(gateway('krakend.json', 'http://catalog:8080')), []);
    assert.deepEqual(found(gateway('krakend.json', 'http://catalog:80')), ['sync-rest/callee-port-unknown 80']);
    assert.deepEqual(found(gateway('krakend.json', 'http://katalog:8080')), ['sync-rest/callee-unknown katalog']);
  });

  it('are left alone in files that may have comments', () => {
    assert.deepEqual(found(gateway('gateway.conf', 'http://katalog:80')), []);
  });
});
