import assert from 'node:assert/strict';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { cacheClientsOf } from '../../server/src/workspace/caches/cacheClients.ts';
import { directiveOf, readCacheSize } from '../../server/src/workspace/caches/cacheServer.ts';
import { cacheServersOf } from '../../server/src/workspace/caches/cacheServers.ts';
import type { ResourceGraph } from '../../server/src/workspace/resourceGraph.ts';
import { World } from '../../server/src/workspace/world.ts';

function graphOf(files: Readonly<Record<string, string>>): ResourceGraph {
  const world = new World(LANGUAGES);
  world.apply(Object.entries(files).map(([name, text]) => ({ uri: `file:///example/${name}`, text })));
  return world.snapshot().graph;
}

const redis = (container: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: cache }\nspec:\n  template:\n    metadata:\n      labels: { app: cache }\n    spec:\n      containers:\n        - name: redis\n          image: redis:8.2.2\n${container}`;
const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: { name: cache }\nspec:\n  selector: { app: cache }\n';
const caller = (variable: string, value: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: cart }\nspec:\n  template:\n    spec:\n      containers:\n        - name: cart\n          env:\n            - name: ${variable}\n              value: ${value}\n`;

describe('caches', () => {
  it('are set up by words, by one line for a shell, and by variables that are not read', () => {
    for (const [container, isKnown] of [
      ['          args: ["--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru"]\n', true],
      ['          command: ["sh", "-c", "redis-server --maxmemory 64mb --maxmemory-policy allkeys-lru"]\n', false],
      ['          args: ["--maxmemory 64mb", "--maxmemory-policy allkeys-lru"]\n', true],
    ] as const) {
      const [server] = cacheServersOf(graphOf({ 'cache.yaml': redis(container) }));
      assert.equal(directiveOf(server!, 'maxmemory')?.value, '64mb', container);
      assert.equal(directiveOf(server!, 'maxmemory-policy')?.value, 'allkeys-lru', container);
      assert.equal(server?.isKnown, isKnown, container);
    }
    const [server] = cacheServersOf(
      graphOf({
        'cache.yaml': redis('          env:\n            - { name: REDIS_ARGS, value: "--appendonly yes" }\n'),
      }),
    );
    assert.equal(server?.isKnown, false);
  });

  it('are known to those who are told a host, a host with a port, or a URL', () => {
    for (const [variable, value] of [
      ['REDIS_HOST', 'cache'],
      ['REDIS_ADDR', 'cache:6379'],
      ['CELERY_BROKER', 'redis://:secret@cache.default:6379/0'],
    ] as const) {
      const graph = graphOf({ 'all.yaml': [redis(''), SERVICE, caller(variable, value)].join('---\n') });
      assert.deepEqual(
        cacheClientsOf(graph).map(({ server, workloads }) => [server?.name, workloads[0]?.resource.name]),
        [['Deployment cache', 'cart']],
        value,
      );
    }
  });

  it('are not seen in other settings, and not missed where they stand elsewhere', () => {
    const graph = graphOf({ 'cart.yaml': caller('CACHE_TYPE', 'RedisCache') });
    assert.deepEqual(cacheClientsOf(graph), []);
    const elsewhere = cacheClientsOf(
      graphOf({ 'cart.yaml': caller('REDIS_HOST', 'sessions.abc.cache.amazonaws.com') }),
    );
    assert.deepEqual(
      elsewhere.map(({ server, isMissing }) => [server, isMissing]),
      [[undefined, false]],
    );
  });

  it('have sizes in the units of Redis', () => {
    assert.deepEqual(['1kb', '1k', '256MB', '1gb', '100', '1tb', 'x'].map(readCacheSize), [
      1024,
      1000,
      256 * 2 ** 20,
      2 ** 30,
      100,
      undefined,
      undefined,
    ]);
  });
});
