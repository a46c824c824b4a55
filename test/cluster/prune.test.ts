import assert from 'node:assert/strict';
import { applySetId, partOfLabel } from '../../client/src/cluster/applySet.ts';
import { Failure } from '../../client/src/cluster/failure.ts';
import type { DeliveryState } from '../../client/src/delivery/deliveryState.ts';
import type { DeployIntent } from '../../client/src/delivery/intent.ts';
import { startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { needTier } from '../environment/needTier.ts';
import { adminContext, deploymentOf, TestCluster } from './testCluster.ts';

describe('Pruning on a real API server', function () {
  this.timeout(60_000);
  let cluster: TestCluster;

  before(async function () {
    this.timeout(1_200_000);
    await needTier(this, 'kubernetes');
    cluster = new TestCluster(await startControlPlane({ nodes: 2 }));
  });

  after(async () => {
    cluster?.dispose();
    await cluster?.controlPlane.stop();
  });

  const set = (namespace: string) => ({ name: 'shop', namespace, prune: true });
  const deliver = (namespace: string, objects: object[], more: Partial<DeployIntent> = {}): Promise<DeliveryState> =>
    cluster.deliver({
      deploy: {
        context: adminContext,
        namespace,
        documents: cluster.manifest(...objects),
        set: set(namespace),
        watch: { timeoutMilliseconds: 60_000, undoOnFailure: false },
        ...more,
      },
    });
  const assertDone = (state: DeliveryState): void => assert.equal(state.status, 'done', JSON.stringify(state.failure));
  const configuration = (name: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name },
    data: { a: '1' },
  });
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } };
  const exists = async (path: string): Promise<boolean> => {
    try {
      await cluster.admin.get(path, cluster.signal);
      return true;
    } catch (error) {
      if (error instanceof Failure && error.kind === 'not-found') return false;
      throw error;
    }
  };

  it('deletes a workload and its Service when they are gone, and a single file applied between changes nothing', async () => {
    const namespace = await cluster.namespace('prune');
    const all = [
      configuration('settings'),
      deploymentOf('web', 'shop/web:1'),
      service,
      deploymentOf('cart', 'shop/cart:1'),
    ];
    assertDone(await deliver(namespace, all));
    const deployment = `/apis/apps/v1/namespaces/${namespace}/deployments/web`;
    const live = await cluster.admin.get(deployment, cluster.signal);
    assert.equal(live.metadata.labels?.[partOfLabel], applySetId(set(namespace)));
    const generation = live.metadata.generation;

    const alone = cluster.manifest(deploymentOf('web', 'shop/web:1'));
    const single = await cluster.deliver({ deploy: { context: adminContext, namespace, documents: alone } });
    assertDone(single);
    assert.deepEqual(
      single.steps[0]?.reviews.map(({ change }) => change),
      ['unchanged'],
      'the label is no difference',
    );
    const after = await cluster.admin.get(deployment, cluster.signal);
    assert.equal(after.metadata.labels?.[partOfLabel], applySetId(set(namespace)), 'it is still a member');
    assert.equal(after.metadata.generation, generation, 'and was not rolled out anew');

    const state = await deliver(namespace, [configuration('settings'), deploymentOf('cart', 'shop/cart:1')]);
    assertDone(state);
    assert.deepEqual(
      state.steps.at(-1)?.pruned.map(({ kind, name }) => `${kind} ${name}`),
      ['Deployment web', 'Service web'],
    );
    assert.equal(await exists(deployment), false);
    assert.equal(await exists(`/api/v1/namespaces/${namespace}/services/web`), false);
    assert.equal(await exists(`/api/v1/namespaces/${namespace}/configmaps/settings`), true);
    assertDone(await deliver(namespace, [configuration('settings'), deploymentOf('cart', 'shop/cart:1')]));
  });

  it('keeps claims, and what others made', async () => {
    const namespace = await cluster.namespace('prune-keeps');
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    };
    await cluster.controlPlane.kubectl(['create', 'configmap', 'foreign', '-n', namespace]);
    assertDone(await deliver(namespace, [configuration('a'), claim]));
    const state = await deliver(namespace, [configuration('b')]);
    assertDone(state);
    assert.match(state.steps.at(-1)?.notices.join() ?? '', /PersistentVolumeClaim prune-keeps\/data stays/);
    assert.equal(await exists(`/api/v1/namespaces/${namespace}/persistentvolumeclaims/data`), true);
    assert.equal(await exists(`/api/v1/namespaces/${namespace}/configmaps/foreign`), true);
    assert.equal(await exists(`/api/v1/namespaces/${namespace}/configmaps/a`), false);
  });

  it('deletes nothing while a rollout fails: what runs may need it', async () => {
    const namespace = await cluster.namespace('prune-failed');
    assertDone(await deliver(namespace, [configuration('a'), deploymentOf('web', 'shop/web:1')]));
    const state = await deliver(namespace, [deploymentOf('web', 'shop/web:2-bad-pull')]);
    assert.equal(state.failure?.kind, 'rollout');
    assert.equal(state.steps.at(-1)?.status, 'skipped');
    assert.equal(await exists(`/api/v1/namespaces/${namespace}/configmaps/a`), true);
  });

  it('is understood by kubectl, which leaves the set of another tool alone', async () => {
    const namespace = await cluster.namespace('prune-kubectl');
    const [document] = cluster.manifest(configuration('a'));
    assertDone(await deliver(namespace, [configuration('a')]));
    const args = ['apply', '-n', namespace, '-f', document?.file ?? '', '--prune', '--applyset=configmap/shop'];
    await assert.rejects(
      cluster.controlPlane.kubectl(args, { environment: { KUBECTL_APPLYSET: 'true' } }),
      /managed by (?:tooling )?"?slipway|slipway\/v1\.0\.0/,
    );
  });
});
