import assert from 'node:assert/strict';
import type { ArgoApplication } from '../../client/src/cluster/argoApplication.ts';
import {
  applicationHistory,
  outOfSync,
  refreshApplication,
  rollBackApplication,
} from '../../client/src/cluster/argoHistory.ts';
import type { Failure } from '../../client/src/cluster/failure.ts';
import { startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { applyCustomResourceDefinitions } from '../environment/crds/customResourceDefinitions.ts';
import { needTier } from '../environment/needTier.ts';
import { TestCluster } from './testCluster.ts';

/** The definitions are the real ones; the test plays the controller’s part. */
describe('The history of an Argo CD application on a real API server', function () {
  this.timeout(60_000);
  let cluster: TestCluster;

  before(async function () {
    this.timeout(1_200_000);
    await needTier(this, 'kubernetes');
    cluster = new TestCluster(await startControlPlane({ nodes: 0 }));
    await applyCustomResourceDefinitions(cluster.controlPlane, ['argo-cd']);
  });

  after(async () => {
    cluster?.dispose();
    await cluster?.controlPlane.stop();
  });

  const destination = { server: 'https://kubernetes.default.svc', namespace: 'shop' };
  const source = (path: string): object => ({ repoURL: 'https://git.example.com/shop', path, targetRevision: 'main' });

  async function application(
    namespace: string,
    spec: object = {},
  ): Promise<{ kind: string; namespace: string; name: string }> {
    await cluster.namespace(namespace);
    const path = `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/applications`;
    const object = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'shop' },
      spec: { project: 'default', source: source('deploy'), destination, ...spec },
    };
    await cluster.admin.create(path, object, cluster.signal);
    const entry = (id: number): object => ({
      id,
      revision: `commit${id}`,
      source: source(`deploy${id}`),
      deployedAt: `2026-01-0${id}T00:00:00Z`,
      deployStartedAt: `2026-01-0${id}T00:00:00Z`,
    });
    const status = {
      history: [entry(1), entry(2), entry(3)],
      resources: [
        { version: 'v1', kind: 'Service', namespace: 'shop', name: 'web', status: 'OutOfSync' },
        { version: 'v1', kind: 'Service', namespace: 'shop', name: 'api', status: 'Synced' },
        { version: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'old', status: 'Synced', requiresPruning: true },
      ],
      sync: { status: 'OutOfSync', comparedTo: { source: source('deploy'), destination } },
    };
    await cluster.admin.patch(`${path}/shop`, { status }, { type: 'merge' }, cluster.signal);
    return { kind: 'Application', namespace, name: 'shop' };
  }

  const live = async (namespace: string): Promise<ArgoApplication> =>
    (await cluster.admin.get(
      `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/applications/shop`,
      cluster.signal,
    )) as ArgoApplication;
  const refusal = (work: Promise<unknown>): Promise<Failure> =>
    work.then(
      () => assert.fail('it was not refused'),
      (error: Failure) => error,
    );

  it('is told newest first, beside what is out of sync', async () => {
    await application('told');
    const found = await live('told');
    assert.deepEqual(
      applicationHistory(found).map(({ id, revisions }) => `${id} ${revisions}`),
      ['3 commit3', '2 commit2', '1 commit1'],
    );
    assert.deepEqual(
      outOfSync(found).map(({ name }) => name),
      ['web', 'old'],
    );
  });

  it('is gone back in from the source of that time, without pruning, once at a time', async () => {
    const reference = await application('back');
    await rollBackApplication(cluster.admin, reference, 2, cluster.signal);
    const { operation } = (await live('back')) as {
      operation?: { sync?: { prune?: boolean; revision?: string; source?: { path?: string } } };
    };
    assert.deepEqual(
      [operation?.sync?.revision, operation?.sync?.source?.path, operation?.sync?.prune ?? false],
      ['commit2', 'deploy2', false],
    );
    assert.match(
      (await refusal(rollBackApplication(cluster.admin, reference, 1, cluster.signal))).message,
      /is being synced already/,
    );
  });

  it('is not gone back in where that would be undone, and to what is not kept', async () => {
    const automated = await application('automated', { syncPolicy: { automated: { selfHeal: true } } });
    const refused = await refusal(rollBackApplication(cluster.admin, automated, 2, cluster.signal));
    assert.match(refused.message, /syncs by itself/);
    assert.equal((await live('automated')).operation, undefined);
    const plain = await application('plain', { syncPolicy: { automated: { enabled: false } } });
    const unknown = await refusal(rollBackApplication(cluster.admin, plain, 9, cluster.signal));
    assert.match(unknown.report.advice, /keeps these: 3, 2, 1/);
    await rollBackApplication(cluster.admin, plain, 1, cluster.signal);
  });

  it('is compared anew on request', async () => {
    const reference = await application('refreshed');
    await refreshApplication(cluster.admin, reference, 'hard', cluster.signal);
    assert.equal((await live('refreshed')).metadata.annotations?.['argocd.argoproj.io/refresh'], 'hard');
    assert.equal(
      (await refusal(refreshApplication(cluster.viewer, reference, 'normal', cluster.signal))).kind,
      'forbidden',
    );
  });
});
