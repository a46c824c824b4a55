import assert from 'node:assert/strict';
import { applySetId, parentObject, partOfLabel, scopeOf } from '../../client/src/cluster/applySet.ts';
import { Failure } from '../../client/src/cluster/failure.ts';
import type { KubeObject } from '../../client/src/cluster/kubeObject.ts';
import type { DeliveryState } from '../../client/src/delivery/deliveryState.ts';
import type { Engines } from '../../client/src/delivery/engines.ts';
import type { DeployIntent } from '../../client/src/delivery/intent.ts';
import { ship } from '../../client/src/delivery/ship.ts';
import { ManualClock } from './manualClock.ts';
import { MemoryCluster } from './memoryCluster.ts';

const set = { name: 'shop', namespace: 'shop', source: 'deploy/shop' };
const pathOf = (name: string): string => `/api/v1/namespaces/shop/configmaps/${name}`;
const configuration = (name: string, annotations?: Record<string, string>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop', ...(annotations ? { annotations } : {}) },
});

describe('What is gone from the manifests', () => {
  let cluster: MemoryCluster;

  beforeEach(() => {
    cluster = new MemoryCluster();
    cluster.put('/api/v1/namespaces/shop', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
  });

  const deliver = (
    objects: readonly KubeObject[],
    more: Partial<DeployIntent> = {},
    engines: Partial<Engines> = {},
  ): Promise<DeliveryState> =>
    ship(
      {
        deploy: {
          context: 'kind-shop',
          namespace: 'shop',
          documents: objects.map((object, documentIndex) => ({ file: '/shop/all.yaml', documentIndex, object })),
          set: { ...set, prune: true },
          ...more,
        },
      },
      {
        clock: new ManualClock(),
        cluster: () => cluster,
        imageEngine: () => Promise.reject(new Failure('unreachable', 'No engine is meant.')),
        ...engines,
      },
      () => {},
      new AbortController().signal,
    );
  const names = (): string[] =>
    [...cluster.objects.values()]
      .filter(({ kind }) => kind === 'ConfigMap')
      .map(({ metadata }) => metadata.name)
      .sort();
  const notices = (state: DeliveryState): string => state.steps.flatMap((step) => step.notices).join('\n');

  it('is pruned after the others were applied, by the uid that was seen, and told', async () => {
    assert.equal((await deliver([configuration('a'), configuration('b')])).status, 'done');
    assert.equal(cluster.objects.get(pathOf('b'))?.metadata.labels?.[partOfLabel], applySetId(set));
    const state = await deliver([configuration('a'), configuration('c')]);
    assert.equal(state.status, 'done', JSON.stringify(state.failure));
    assert.deepEqual(names(), ['a', 'c', 'shop']);
    assert.deepEqual(
      state.steps.at(-1)?.pruned.map(({ name }) => name),
      ['b'],
    );
    assert.match(notices(state), /ConfigMap shop\/b is gone from the manifests: it can be pruned\./);
    const writes = cluster.requests.filter((request) => /^(apply|delete)/.test(request));
    assert.ok(writes.lastIndexOf(`apply ${pathOf('c')}`) < writes.indexOf(`delete ${pathOf('b')}`));
  });

  it('stays when the question is answered with no, and is asked about again', async () => {
    await deliver([configuration('a'), configuration('b')]);
    const asked: string[][] = [];
    const approvePrune: NonNullable<Engines['approvePrune']> = async (_step, objects) => {
      asked.push(objects.map(({ metadata }) => metadata.name));
      return asked.length > 1;
    };
    const kept = await deliver([configuration('a')], {}, { approvePrune });
    assert.equal(kept.status, 'done');
    assert.deepEqual(names(), ['a', 'b', 'shop']);
    await deliver([configuration('a')], {}, { approvePrune });
    assert.deepEqual(asked, [['b'], ['b']]);
    assert.deepEqual(names(), ['a', 'shop']);
  });

  it('stays without a set, without prune, and when nothing of the set was applied here', async () => {
    await deliver([configuration('a'), configuration('b')], { set: { ...set, prune: false } });
    await deliver([configuration('a')], { set: { ...set, prune: false } });
    cluster.put(pathOf('foreign'), configuration('foreign'));
    await deliver([configuration('a')], { set: { name: 'other', namespace: 'shop', prune: true } });
    assert.deepEqual(names(), ['a', 'b', 'foreign', 'other', 'shop']);
  });

  it('stays where an annotation or another tool says so', async () => {
    const helm = configuration('helm', { 'meta.helm.sh/release-name': 'cart' });
    const keep = configuration('keep', { 'helm.sh/resource-policy': 'keep' });
    const argo = configuration('argo', { 'argocd.argoproj.io/sync-options': 'Prune=false' });
    await deliver([configuration('a'), helm, keep, argo]);
    const state = await deliver([configuration('a')]);
    assert.equal(state.status, 'done');
    assert.deepEqual(names(), ['a', 'argo', 'helm', 'keep', 'shop']);
    assert.match(notices(state), /ConfigMap shop\/helm stays: Helm cart looks after it\./);
    const scope = scopeOf(cluster.objects.get(pathOf('shop')) ?? assert.fail('no parent'));
    assert.deepEqual(scope, { groupKinds: ['ConfigMap'], namespaces: ['shop'] });
  });

  it('is known after a delivery that was interrupted between two writes', async () => {
    await deliver([configuration('a')]);
    cluster.fault = (request) =>
      request === `apply ${pathOf('c')}` ? new Failure('invalid', 'The disk is full.') : undefined;
    assert.equal((await deliver([configuration('a'), configuration('b'), configuration('c')])).status, 'failed');
    assert.deepEqual(names(), ['a', 'b', 'shop']);
    cluster.fault = () => undefined;
    assert.equal((await deliver([configuration('a')])).status, 'done');
    assert.deepEqual(names(), ['a', 'shop']);
  });

  it('refuses a set that is another tool’s, another source’s or no set, before anything is written', async () => {
    const cases: [KubeObject, RegExp][] = [
      [configuration('shop'), /ConfigMap shop\/shop is none of Slipway's/],
      [
        parentObject({ ...set, source: 'deploy/other' }, { groupKinds: [], namespaces: [] }),
        /deployed from deploy\/other/,
      ],
    ];
    for (const [parent, message] of cases) {
      cluster.put(pathOf('shop'), parent);
      const state = await deliver([configuration('a')]);
      assert.match(state.failure?.message ?? '', message);
      assert.deepEqual(names(), ['shop']);
    }
  });

  it('deploys all the same where no set may be kept, and says so', async () => {
    cluster.fault = (request) =>
      request === `apply ${pathOf('shop')}` ? new Failure('forbidden', 'You may not.') : undefined;
    const state = await deliver([configuration('a')]);
    assert.equal(state.status, 'done', JSON.stringify(state.failure));
    assert.match(notices(state), /not kept as set shop, so nothing of it will be pruned\. You may not\./);
    assert.deepEqual(names(), ['a']);
  });

  it('needs the name of a protected context like every other write', async () => {
    const state = await deliver([configuration('a')], { protectedContexts: ['kind-*'] });
    assert.equal(state.failure?.kind, 'protected');
    assert.deepEqual(cluster.requests, []);
  });
});
