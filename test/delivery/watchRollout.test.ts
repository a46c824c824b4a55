import assert from 'node:assert/strict';
import { Failure } from '../../client/src/cluster/failure.ts';
import type { RolloutProgress } from '../../client/src/cluster/rolloutProgress.ts';
import { undoRollout } from '../../client/src/cluster/undoRollout.ts';
import { type RolloutSighting, watchRollout } from '../../client/src/cluster/watchRollout.ts';
import type { Workload } from '../../client/src/cluster/workload.ts';
import { ManualClock } from './manualClock.ts';
import { MemoryCluster } from './memoryCluster.ts';
import { deployment, pod, replicaSet } from './shopObjects.ts';

const apps = '/apis/apps/v1/namespaces/shop';
const core = '/api/v1/namespaces/shop';
const reference = { kind: 'Deployment', namespace: 'shop', name: 'cart' };

function shop(): MemoryCluster {
  const cluster = new MemoryCluster();
  cluster.put(`${apps}/replicasets/cart-hash1`, replicaSet(1));
  cluster.put(`${apps}/replicasets/cart-hash2`, replicaSet(2));
  cluster.put(`${apps}/deployments/cart`, deployment({}, { availableReplicas: 1 }));
  cluster.put(`${core}/pods/old`, pod('old', 1));
  cluster.put(`${core}/pods/new-a`, pod('new-a', 2));
  cluster.put(`${core}/pods/new-b`, pod('new-b', 2, { ready: false }));
  return cluster;
}

function finish(cluster: MemoryCluster): void {
  cluster.put(`${core}/pods/new-b`, pod('new-b', 2));
  cluster.remove(`${core}/pods/old`);
  cluster.put(`${apps}/deployments/cart`, deployment());
}

describe('Watching a rollout', () => {
  let cluster: MemoryCluster;
  let clock: ManualClock;
  let sightings: RolloutSighting[];
  let stop: AbortController;

  beforeEach(() => {
    cluster = shop();
    clock = new ManualClock();
    sightings = [];
    stop = new AbortController();
  });

  afterEach(() => stop.abort());

  const watch = (options: object = {}): Promise<RolloutProgress> => {
    const watching = watchRollout(
      cluster,
      reference,
      { timeoutMilliseconds: 600_000, ...options },
      clock,
      (sighting) => sightings.push(sighting),
      stop.signal,
    );
    watching.catch(() => undefined);
    return watching;
  };
  const outcomes = (): string[] => sightings.map(({ progress }) => progress.outcome.state);

  it('tells each change and ends when the rollout is done, leaving no watch open', async () => {
    const watching = watch();
    await clock.turn(2_000);
    assert.equal(sightings.at(-1)?.progress.ready, 1);
    finish(cluster);
    await clock.turn(2_000);
    const progress = await watching;
    assert.equal(progress.outcome.state, 'done');
    assert.equal(progress.old, 0);
    assert.equal(cluster.openWatches, 0);
    assert.ok(
      outcomes()
        .slice(0, -1)
        .every((state) => state === 'progressing'),
    );
  });

  it('goes on over a server that goes away in the middle, and says that what it shows is old', async () => {
    const watching = watch();
    await clock.turn(2_000);
    const away = new Failure('unreachable', 'The API server does not answer.');
    cluster.fault = () => away;
    cluster.breakWatches(away);
    finish(cluster);
    await clock.turn(20_000);
    assert.equal(sightings.at(-1)?.connection.kind, 'stale');
    assert.equal(sightings.at(-1)?.progress.outcome.state, 'progressing');
    cluster.fault = () => undefined;
    cluster.breakWatches(new Failure('expired', 'Too old.'));
    const expired = new Set<string>();
    cluster.fault = (request) => {
      if (!request.startsWith('watch') || expired.has(request)) return undefined;
      expired.add(request);
      return new Failure('expired', 'Too old.');
    };
    await clock.turn(60_000);
    assert.equal((await watching).outcome.state, 'done');
  });

  it('does not end on a state that is older than the change it waits for', async () => {
    finish(cluster);
    const watching = watch({ generation: 3 });
    await clock.turn(3_000);
    assert.ok(outcomes().includes('done'));
    assert.equal(await Promise.race([watching, 'still watching']), 'still watching');
    const changed = deployment({}, { observedGeneration: 3 }, { generation: 3 });
    cluster.put(`${apps}/deployments/cart`, changed);
    await clock.turn(3_000);
    assert.equal((await watching).outcome.state, 'done');
  });

  it('does not take a pod without a readiness probe for ready before it has stayed up', async () => {
    const bare = [{ name: 'cart', image: 'registry.example.com/shop/cart:2' }];
    const template = { metadata: { labels: { app: 'cart' } }, spec: { containers: bare } };
    cluster.remove(`${core}/pods/old`);
    cluster.put(`${core}/pods/new-b`, pod('new-b', 2));
    cluster.put(`${apps}/deployments/cart`, deployment({ template }));
    const watching = watch();
    await clock.turn(3_000);
    assert.deepEqual(new Set(outcomes()), new Set(['progressing']));
    const crashed = { ready: false, restartCount: 2, state: {}, lastState: { terminated: { exitCode: 1 } } };
    cluster.put(`${core}/pods/new-b`, pod('new-b', 2, crashed));
    await clock.turn(3_000);
    assert.equal((await watching).outcome.state, 'failed');
    cluster.put(`${core}/pods/new-b`, pod('new-b', 2));
    const again = watch();
    await clock.turn(7_000);
    assert.equal((await again).outcome.state, 'done');
  });

  it('reads the last log line of a crashed run once for each run', async () => {
    const crashed = (restartCount: number) =>
      pod('new-b', 2, {
        ready: false,
        restartCount,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: { terminated: { exitCode: 1 } },
      });
    cluster.logLines.set('new-b/cart', ['starting', 'no database', '']);
    cluster.put(`${core}/pods/new-b`, crashed(1));
    const watching = watch();
    await clock.turn(5_000);
    assert.equal(cluster.requests.filter((request) => request.startsWith('logs')).length, 1);
    cluster.put(`${core}/pods/new-b`, crashed(2));
    await clock.turn(5_000);
    const { outcome } = await watching;
    assert.equal(outcome.state === 'failed' && outcome.reason.lastLogLine, 'no database');
    assert.equal(cluster.requests.filter((request) => request.startsWith('logs')).length, 2);
  });

  it('gives up after its time, and says that the rollout goes on', async () => {
    const watching = watch({ timeoutMilliseconds: 30_000 });
    await clock.turn(40_000);
    await assert.rejects(watching, (error: Failure) => error.kind === 'timeout' && /30 seconds/.test(error.message));
  });

  it('ends at once when it is cancelled', async () => {
    const watching = watch();
    await clock.turn(1_000);
    stop.abort();
    await assert.rejects(watching, (error: Failure) => error.kind === 'cancelled');
    assert.equal(cluster.openWatches, 0);
  });

  it('says so when the workload is deleted meanwhile', async () => {
    const watching = watch();
    await clock.turn(1_000);
    cluster.remove(`${apps}/deployments/cart`);
    await clock.turn(1_000);
    await assert.rejects(
      watching,
      (error: Failure) => error.kind === 'not-found' && /cart is gone/.test(error.message),
    );
  });

  it('makes do with the status when this user may not read pods', async () => {
    cluster.fault = (request) =>
      request.includes('/pods') || request.includes('/events') ? new Failure('forbidden', 'No.') : undefined;
    const watching = watch();
    await clock.turn(2_000);
    cluster.put(`${apps}/deployments/cart`, deployment());
    await clock.turn(2_000);
    const progress = await watching;
    assert.deepEqual([progress.outcome.state, progress.updated], ['done', 2]);
  });

  it('refuses at once when the workload itself may not be read', async () => {
    cluster.fault = () => new Failure('forbidden', 'No.');
    await assert.rejects(watch(), (error: Failure) => error.kind === 'forbidden');
  });

  it('waits a minute for credentials that are refused, then says so', async () => {
    const watching = watch();
    await clock.turn(1_000);
    const refused = new Failure('unauthorised', 'Expired.');
    cluster.fault = () => refused;
    cluster.breakWatches(refused);
    await clock.turn(50_000);
    assert.equal(sightings.at(-1)?.connection.kind, 'stale');
    await clock.turn(20_000);
    await assert.rejects(watching, (error: Failure) => error.kind === 'unauthorised');
  });
});

describe('Taking a rollout back', () => {
  const signal = new AbortController().signal;

  it('puts the former template back without the labels that the controller adds', async () => {
    const cluster = shop();
    const result = await undoRollout(cluster, reference, undefined, signal);
    assert.deepEqual([result.from, result.to], [2, 1]);
    assert.deepEqual(result.images, ['registry.example.com/shop/cart:1']);
    const changed = cluster.objects.get(`${apps}/deployments/cart`) as Workload;
    assert.deepEqual(changed.spec?.template?.metadata?.labels, { app: 'cart' });
    assert.equal(changed.spec?.replicas, 2);
  });

  it('goes to a named revision, and names those that there are when it is not kept', async () => {
    const cluster = shop();
    cluster.put(`${apps}/replicasets/cart-hash0`, replicaSet(0));
    assert.equal((await undoRollout(cluster, reference, 0, signal)).to, 0);
    await assert.rejects(
      undoRollout(cluster, reference, 7, signal),
      (error: Failure) => /no revision 7/.test(error.message) && /0, 1, 2/.test(error.report.advice),
    );
  });

  it('says so when there is nothing to go back to', async () => {
    const cluster = shop();
    cluster.remove(`${apps}/replicasets/cart-hash1`);
    await assert.rejects(
      undoRollout(cluster, reference, undefined, signal),
      (error: Failure) => error.kind === 'not-found',
    );
  });

  it('uses the ControllerRevision’s own patch for a StatefulSet', async () => {
    const cluster = new MemoryCluster();
    const template = {
      metadata: { labels: { app: 'cart' } },
      spec: { containers: [{ name: 'cart', image: 'cart:1' }] },
    };
    const keeper = (number: number) => ({
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: {
        name: `cart-rev${number}`,
        namespace: 'shop',
        labels: { app: 'cart', 'controller-revision-hash': `rev${number}` },
        ownerReferences: [
          { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'cart', uid: 'uid-cart', controller: true },
        ],
      },
      revision: number,
      data: { spec: { template: { ...template, $patch: 'replace' } } },
    });
    for (const number of [1, 2]) cluster.put(`${apps}/controllerrevisions/cart-rev${number}`, keeper(number));
    cluster.put(`${apps}/statefulsets/cart`, {
      ...deployment({}, { updateRevision: 'cart-rev2' }),
      kind: 'StatefulSet',
    });
    const result = await undoRollout(cluster, { ...reference, kind: 'StatefulSet' }, undefined, signal);
    assert.deepEqual([result.from, result.to, result.images], [2, 1, ['cart:1']]);
  });

  it('refuses a Job, which has no former state', async () => {
    const cluster = new MemoryCluster();
    cluster.put('/apis/batch/v1/namespaces/shop/jobs/cart', { ...deployment(), kind: 'Job' });
    await assert.rejects(
      undoRollout(cluster, { ...reference, kind: 'Job' }, undefined, signal),
      (error: Failure) => error.kind === 'unsupported',
    );
  });
});
