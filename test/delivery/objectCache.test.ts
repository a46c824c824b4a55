import assert from 'node:assert/strict';
import { Failure } from '../../client/src/cluster/failure.ts';
import { ObjectCache } from '../../client/src/cluster/objectCache.ts';
import { ManualClock, settle } from './manualClock.ts';
import { MemoryCluster } from './memoryCluster.ts';

const path = '/api/v1/namespaces/shop/configmaps';
const configMap = (name: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop' },
});

describe('ObjectCache', () => {
  let cluster: MemoryCluster;
  let clock: ManualClock;
  let cache: ObjectCache;
  let stop: AbortController;
  let running: Promise<void>;

  beforeEach(() => {
    cluster = new MemoryCluster();
    clock = new ManualClock();
    cluster.put(`${path}/a`, configMap('a'));
    cache = new ObjectCache(cluster, path, {}, clock, { firstMilliseconds: 100, longestMilliseconds: 1_000 });
    stop = new AbortController();
  });

  afterEach(async () => {
    stop.abort();
    await running;
  });

  const run = async (): Promise<void> => {
    running = cache.run(stop.signal);
    await settle();
  };
  const names = (): string[] => cache.snapshot().objects.map(({ metadata }) => metadata.name);
  const requests = (verb: string): number => cluster.requests.filter((request) => request.startsWith(verb)).length;

  it('is syncing, then live with what the list gave, and follows additions, changes and deletions', async () => {
    assert.equal(cache.snapshot().state.kind, 'syncing');
    await run();
    assert.equal(cache.snapshot().state.kind, 'live');
    assert.deepEqual(names(), ['a']);
    cluster.put(`${path}/b`, configMap('b'));
    cluster.put(`${path}/a`, { ...configMap('a'), data: { changed: 'yes' } });
    cluster.remove(`${path}/b`);
    cluster.put(`${path}/c`, configMap('c'));
    await settle();
    assert.deepEqual(names(), ['a', 'c']);
    assert.deepEqual(cache.snapshot().objects[0]?.['data'], { changed: 'yes' });
    assert.deepEqual([requests('list'), requests('watch')], [1, 1]);
  });

  it('gives the same snapshot until something changes, and tells once for many changes at a time', async () => {
    await run();
    let told = 0;
    cache.subscribe(() => {
      told += 1;
    });
    assert.equal(cache.snapshot(), cache.snapshot());
    const before = cache.snapshot();
    for (const name of ['b', 'c', 'd']) cluster.put(`${path}/${name}`, configMap(name));
    await settle();
    assert.notEqual(cache.snapshot(), before);
    assert.equal(told, 1);
  });

  it('goes on from where it was when the server closes the watch, without a second list', async () => {
    await run();
    cluster.put(`${path}/b`, configMap('b'));
    await settle();
    cluster.breakWatches('close');
    await settle();
    assert.deepEqual([requests('list'), requests('watch')], [1, 2]);
    assert.match(cluster.requests.at(-1) ?? '', /from 102$/);
    assert.equal(cache.snapshot().state.kind, 'live');
  });

  it('lists anew after an expired version, and forgets what is gone by then', async () => {
    await run();
    cluster.fault = (request) =>
      request.startsWith('watch') && request.endsWith('from 101') ? new Failure('expired', 'Too old.') : undefined;
    cluster.breakWatches('close');
    cluster.objects.delete(`${path}/a`);
    cluster.objects.set(`${path}/z`, configMap('z'));
    cluster.put(`${path}/y`, configMap('y'));
    await clock.turn(1_000);
    assert.deepEqual(names(), ['z', 'y']);
    assert.equal(requests('list'), 2);
    assert.equal(cache.snapshot().state.kind, 'live');
  });

  it('takes newer versions from bookmarks', async () => {
    await run();
    const bookmark = { ...configMap('x'), metadata: { name: '', resourceVersion: '500' } };
    cluster.put(`${path}/b`, configMap('b'));
    await settle();
    const watch = cluster.watch.bind(cluster);
    cluster.watch = async (...parameters) => {
      const events = await watch(...parameters);
      return (async function* () {
        yield { type: 'BOOKMARK' as const, object: bookmark };
        yield* events;
      })();
    };
    cluster.breakWatches('close');
    await settle();
    assert.equal(cache.snapshot().resourceVersion, '500');
    assert.deepEqual(names(), ['a', 'b']);
  });

  it('keeps what it knows while the server is away, says why, waits longer each time, and comes back', async () => {
    await run();
    const gone = new Failure('unreachable', 'The server does not answer.');
    cluster.fault = () => gone;
    cluster.breakWatches(gone);
    await clock.turn(5_000);
    const { state } = cache.snapshot();
    assert.equal(state.kind, 'stale');
    assert.equal(state.kind === 'stale' && state.reason.message, 'The server does not answer.');
    assert.deepEqual(names(), ['a']);
    assert.deepEqual(clock.delays.slice(0, 6), [100, 200, 400, 800, 1_000, 1_000]);
    cluster.fault = () => undefined;
    await clock.turn(1_000);
    assert.equal(cache.snapshot().state.kind, 'live');
    assert.equal(requests('list'), 1, 'the watch went on from the last version');
  });

  it('does not hammer a server that closes each watch at once', async () => {
    cluster.watch = async () => {
      cluster.requests.push('watch');
      return (async function* () {})();
    };
    await run();
    await clock.turn(10_000);
    assert.ok(requests('watch') < 30, `${requests('watch')} watches in ten seconds`);
  });

  it('ends its watch when it is stopped', async () => {
    await run();
    assert.equal(cluster.openWatches, 1);
    stop.abort();
    await running;
    assert.equal(cluster.openWatches, 0);
  });
});
