import assert from 'node:assert/strict';
import { pattern as aside } from '../../server/src/patterns/cache-aside/pattern.ts';
import { pattern as invalidation } from '../../server/src/patterns/cache-invalidation/pattern.ts';
import { pattern as through } from '../../server/src/patterns/write-through/pattern.ts';
import type { Pattern } from '../../server/src/rules/pattern.ts';
import { exampleSnapshot } from '../catalog/exampleWorkspace.ts';

const cache = (more = '') => `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: cache, namespace: shop }
spec:
  template:
    metadata: { labels: { app: cache } }
    spec:
      containers:
        - name: redis
          image: redis:8.2.2
          command: [redis-server, /etc/redis/redis.conf]
          args: ["--maxmemory", "64mb"]
          volumeMounts: [{ name: data, mountPath: /data }]
      volumes:
        - { name: settings, configMap: { name: cache } }
${more}---
apiVersion: v1
kind: Service
metadata: { name: cache, namespace: shop }
spec:
  selector: { app: cache }
---
`;
const CLAIM = '  volumeClaimTemplates: [{ metadata: { name: data } }]\n';
const map = (name: string, data: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: shop }\ndata: { ${data} }\n---\n`;
const SETTINGS = 'redis.conf: maxmemory-policy allkeys-lru';
const cart = (environment: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: cart, namespace: shop }\nspec:\n  template:\n    metadata: { labels: { app: cart } }\n    spec:\n      containers:\n        - { name: cart, ${environment} }\n---\n`;
const FROM_MAP = 'envFrom: [{ configMapRef: { name: cart } }]';
const told = (variable: string) => `env: [{ name: ${variable}, value: cache }]`;
const POLICY =
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: cart, namespace: shop }\nspec:\n  podSelector: { matchLabels: { app: cart } }\n  egress:\n    - to: [{ podSelector: { matchLabels: { app: cache } } }]\n---\n';

function uses(pattern: Pattern, ...documents: string[]): string[] {
  const { graph } = exampleSnapshot([{ name: 'shop.yaml', text: documents.join('') }]);
  return [...pattern.recognize(graph)].map(
    ({ name, missing, participants }) =>
      `${name} (${[...new Set(participants.map(({ role }) => role))].join(', ')}) misses ${missing.join(', ') || 'nothing'}`,
  );
}

describe('a cache whose address went with its ConfigMap', () => {
  const settings = map('cache', SETTINGS);

  it('is missed by those whom a policy lets connect to it', () => {
    assert.deepEqual(uses(aside, cache(), settings, cart(FROM_MAP), POLICY), [
      'cart → cache (client, cache, memory) misses address',
    ]);
  });

  it('is not missed by those who are told of it elsewhere, or may not connect', () => {
    assert.deepEqual(uses(aside, cache(), settings, cart(`${FROM_MAP}, ${told('REDIS_HOST')}`), POLICY), [
      'cart → cache (address, client, cache, memory) misses nothing',
    ]);
    assert.deepEqual(uses(aside, cache(), settings, cart(FROM_MAP)), []);
    assert.deepEqual(uses(aside, cache(), settings, map('cart', 'A: b'), cart(FROM_MAP), POLICY), []);
  });
});

describe('an address of a cache that nobody reads', () => {
  const address = map('cart', 'REDIS_HOST: cache');

  it('misses its client', () => {
    assert.deepEqual(uses(aside, cache(), address), ['cart → cache (address, cache, memory) misses client']);
    assert.deepEqual(uses(aside, cache(), address, cart(FROM_MAP)), [
      'cart → cache (address, client, cache, memory) misses nothing',
    ]);
  });

  it('misses nobody where the cache is not there either', () => {
    assert.deepEqual(uses(aside, address), []);
  });
});

describe('a cache whose settings are lost', () => {
  const other = map('cart', 'A: b');

  it('misses its eviction', () => {
    assert.deepEqual(uses(invalidation, cache(), other), ['cache (cache) misses eviction']);
    assert.deepEqual(uses(invalidation, cache(), map('cache', SETTINGS)), ['cache (cache, eviction) misses nothing']);
  });

  it('misses its log where it is a store that writes to a claim', () => {
    assert.deepEqual(uses(through, cache(CLAIM), other, cart(told('STOCK_STORE_HOST'))), [
      'cache (store, volume, address, client) misses log',
    ]);
    assert.deepEqual(uses(aside, cache(CLAIM), other, cart(told('STOCK_STORE_HOST'))), []);
  });

  it('is no store for those who call it a cache, without a claim, or where the settings may come from elsewhere', () => {
    assert.deepEqual(uses(through, cache(CLAIM), other, cart(told('REDIS_HOST'))), []);
    assert.deepEqual(uses(through, cache(), other, cart(told('STOCK_STORE_HOST'))), []);
    assert.deepEqual(uses(through, cache(CLAIM), cart(told('STOCK_STORE_HOST'))), []);
    assert.deepEqual(uses(invalidation, cache()), []);
  });
});
