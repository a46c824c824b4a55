import assert from 'node:assert/strict';
import type { DriftEntry, DriftState } from '../../client/src/cluster/drift.ts';
import { wellKnownTypes } from '../../client/src/cluster/resourceType.ts';
import { findNode, lines, ModelOnMemory } from './modelOnMemory.ts';

const entry = (group: DriftEntry['group'], name: string, more: Partial<DriftEntry> = {}): DriftEntry => ({
  group,
  kind: 'Deployment',
  namespace: 'shop',
  name,
  type: wellKnownTypes.deployments,
  note: '',
  ...more,
});

describe('The workspace’s manifests in the cluster view', () => {
  let state: DriftState | undefined;
  let on: ModelOnMemory;

  beforeEach(() => {
    state = { kind: 'not chosen' };
    on = new ModelOnMemory({ drift: () => state });
  });

  const compared = (...entries: DriftEntry[]): DriftState & { kind: 'compared' } => ({
    kind: 'compared',
    entries,
    atMilliseconds: 0,
    isOutdated: false,
  });

  it('stand under the context that the workspace is deployed to, and under no other', async () => {
    assert.deepEqual(lines(await on.open('kind-shop')).slice(0, 2), [
      'Workspace Manifests: not compared',
      'Cluster: nodes, storage, definitions',
    ]);
    state = undefined;
    assert.ok(!lines(await on.open('kind-shop')).some((line) => line.startsWith('Workspace')));
  });

  it('say what is to be done first, and compare nothing by themselves', async () => {
    const [choose] = await on.open('kind-shop', 'Workspace Manifests');
    assert.equal(choose?.command?.id, 'slipway.chooseDriftSources');
    assert.deepEqual(choose?.argument, { context: 'kind-shop' });
    const requests = on.cluster.requests.length;
    state = { kind: 'not compared', sources: ['deploy', 'overlays/eu'] };
    const [compare] = await on.open('kind-shop', 'Workspace Manifests');
    assert.deepEqual([compare?.command?.id, compare?.description], ['slipway.compareDrift', 'deploy, overlays/eu']);
    assert.equal(on.cluster.requests.length, requests, 'nobody was asked');
  });

  it('are told in groups, the gravest first, with what can be done with each object', async () => {
    state = compared(
      entry('drifted', 'cart'),
      entry('missing', 'orders'),
      entry('not in the manifests', 'old', { note: 'Helm cache looks after it' }),
      entry('not known', 'odd', { kind: 'Thing', type: undefined, note: 'kind-shop does not know it.' }),
      entry('in sync', 'web'),
    );
    const top = findNode(await on.open('kind-shop'), 'Workspace Manifests');
    assert.equal(top.description, '1 drifted, 1 missing, 1 not in the manifests, 1 not known');
    assert.deepEqual(lines(await on.open('kind-shop', 'Workspace Manifests')), [
      'Drifted: 1',
      'Missing: 1',
      'Not in the Manifests: 1',
      'Not Known: 1',
      'In Sync: 1',
    ]);
    const [cart] = await on.open('kind-shop', 'Workspace Manifests', 'Drifted');
    assert.deepEqual(cart?.argument, {
      context: 'kind-shop',
      namespace: 'shop',
      object: { type: wellKnownTypes.deployments, namespace: 'shop', name: 'cart' },
      drift: { kind: 'Deployment', namespace: 'shop', name: 'cart' },
    });
    assert.deepEqual([cart?.contextValue, cart?.command?.id], ['object.compared', 'slipway.showDrift']);
    const [orders] = await on.open('kind-shop', 'Workspace Manifests', 'Missing');
    assert.equal(orders?.contextValue, 'compared', 'what is not there cannot be described, scaled or deleted');
    assert.deepEqual(lines(await on.open('kind-shop', 'Workspace Manifests', 'Not in the Manifests')), [
      'Deployment old: shop · Helm cache looks after it',
    ]);
    const [odd] = await on.open('kind-shop', 'Workspace Manifests', 'Not Known');
    assert.deepEqual([odd?.contextValue, odd?.argument?.object], ['compared', undefined]);
  });

  it('are drawn again when they are compared, and say when files were saved since', async () => {
    state = compared(entry('in sync', 'web'));
    const top = findNode(await on.open('kind-shop'), 'Workspace Manifests');
    assert.equal(top.description, 'in sync');
    await on.open('kind-shop', 'Workspace Manifests');
    await on.settled();
    const before = on.redrawn.length;
    state = { ...compared(entry('in sync', 'web')), isOutdated: true };
    on.model.changed();
    assert.deepEqual(await on.nextRedraw(before), [top.id]);
    assert.equal(on.model.node(top.id)?.description, 'in sync; files were saved since');
    const failed = { kind: 'tool-missing', message: 'No helm.', said: '', advice: 'Install it.' };
    state = { kind: 'failed', reason: failed as (DriftState & { kind: 'failed' })['reason'] };
    assert.deepEqual(lines(await on.open('kind-shop', 'Workspace Manifests')), ['No helm.: Install it.']);
  });
});
