import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { onWakeUp } from '../../client/src/adapters/wakeUp.ts';
import { Failure } from '../../client/src/cluster/failure.ts';
import type { KubeObject } from '../../client/src/cluster/kubeObject.ts';
import { watchRollout } from '../../client/src/cluster/watchRollout.ts';
import type { DeliveryState } from '../../client/src/delivery/deliveryState.ts';
import { ship } from '../../client/src/delivery/ship.ts';
import { ManualClock, settle } from './manualClock.ts';
import { MemoryCluster } from './memoryCluster.ts';
import { deployment } from './shopObjects.ts';

const settings = '/api/v1/namespaces/shop/configmaps/settings';
const configuration: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } };
const away = new Failure('unreachable', 'The API server does not answer.');

describe('A server that goes away while objects are applied', () => {
  let cluster: MemoryCluster;
  let clock: ManualClock;
  let stop: AbortController;

  beforeEach(() => {
    cluster = new MemoryCluster();
    clock = new ManualClock();
    stop = new AbortController();
    cluster.put('/api/v1/namespaces/shop', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
  });

  const deliver = (): Promise<DeliveryState> => {
    const documents = [{ file: '/shop/settings.yaml', documentIndex: 0, object: configuration }];
    return ship(
      { deploy: { context: 'kind-shop', namespace: 'shop', documents } },
      { clock, cluster: () => cluster, imageEngine: () => Promise.reject(away) },
      () => {},
      stop.signal,
    );
  };
  const attempts = (): number => cluster.requests.filter((request) => request === `apply ${settings}`).length;

  it('is waited for, which is told once, and the write is sent again', async () => {
    cluster.fault = (request) => (request === `apply ${settings}` && attempts() <= 3 ? away : undefined);
    const delivery = deliver();
    await clock.turn(10_000);
    const state = await delivery;
    assert.equal(state.status, 'done', JSON.stringify(state.failure));
    assert.equal(attempts(), 4);
    assert.deepEqual(state.steps.at(-1)?.notices, [
      'The API server does not answer. It is waited for; what was not answered is sent again.',
    ]);
  });

  it('is given up after a minute and a half, with what was written', async () => {
    cluster.fault = (request) => (request === `apply ${settings}` ? away : undefined);
    const delivery = deliver();
    await clock.turn(89_000);
    assert.ok(attempts() >= 89);
    await clock.turn(5_000);
    const state = await delivery;
    assert.equal(state.failure?.kind, 'unreachable');
    assert.deepEqual(state.steps.at(-1)?.remains, ['Nothing was applied to kind-shop.']);
  });

  it('is not waited for after a cancel', async () => {
    cluster.fault = (request) => (request === `apply ${settings}` ? away : undefined);
    const delivery = deliver();
    await clock.turn(3_000);
    stop.abort();
    assert.equal((await delivery).status, 'cancelled');
  });

  it('is not waited for before it was ever reached', async () => {
    cluster.fault = () => away;
    const state = await deliver();
    assert.equal(state.failure?.kind, 'unreachable');
    assert.deepEqual(clock.delays, []);
  });

  it('does not make a refusal wait', async () => {
    cluster.fault = (request) => (request === `apply ${settings}` ? new Failure('forbidden', 'No.') : undefined);
    assert.equal((await deliver()).failure?.kind, 'forbidden');
    assert.equal(attempts(), 1);
  });
});

describe('A machine that sleeps', () => {
  it('does not lose the time of a watch to its sleep', async () => {
    const cluster = new MemoryCluster();
    const path = '/apis/apps/v1/namespaces/shop/deployments/cart';
    cluster.put(path, deployment({}, { observedGeneration: 1 }));
    let now = 0;
    let wake = (): void => {};
    const clock = {
      now: () => now,
      sleep: () =>
        new Promise<void>((resolve) => {
          wake = resolve;
        }),
    };
    const reference = { kind: 'Deployment', namespace: 'shop', name: 'cart' };
    const ended: unknown[] = [];
    const options = { timeoutMilliseconds: 60_000 };
    const watching = watchRollout(cluster, reference, options, clock, () => {}, new AbortController().signal).then(
      (progress) => progress,
      (error: unknown) => {
        ended.push(error);
      },
    );
    const pass = async (milliseconds: number): Promise<void> => {
      await settle();
      now += milliseconds;
      wake();
      await settle();
    };
    await pass(1_000);
    await pass(3_600_000);
    for (let second = 0; second < 50; second += 1) await pass(1_000);
    assert.equal(ended.length, 0, 'an hour of sleep and 51 seconds are less than a minute');
    for (let second = 0; second < 15; second += 1) await pass(1_000);
    await watching;
    const [failure] = ended;
    assert.ok(failure instanceof Failure && failure.kind === 'timeout', String(failure));
  });

  it('is noticed when it wakes, and a busy machine is not taken for one', () => {
    let now = 0;
    mock.timers.enable({ apis: ['setInterval'] });
    const date = mock.method(Date, 'now', () => now);
    const pass = (milliseconds: number): void => {
      now += milliseconds;
      mock.timers.tick(5_000);
    };
    try {
      let woken = 0;
      const stop = onWakeUp(() => {
        woken += 1;
      });
      for (const milliseconds of [5_000, 5_000, 19_000, 5_000]) pass(milliseconds);
      assert.equal(woken, 0);
      pass(60_000);
      assert.equal(woken, 1);
      pass(5_000);
      assert.equal(woken, 1);
      stop();
      pass(600_000);
      assert.equal(woken, 1, 'nobody listens any more');
    } finally {
      date.mock.restore();
      mock.timers.reset();
    }
  });
});
