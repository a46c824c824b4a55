import assert from 'node:assert/strict';
import type { ArgoApplication } from '../../client/src/cluster/argoApplication.ts';
import type { DeliveryState } from '../../client/src/delivery/deliveryState.ts';
import type { RolloutIntent } from '../../client/src/delivery/intent.ts';
import { rollout } from '../../client/src/delivery/ship.ts';
import { startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { applyCustomResourceDefinitions } from '../environment/crds/customResourceDefinitions.ts';
import { needTier } from '../environment/needTier.ts';
import { startSlipway } from './programRun.ts';
import { adminContext, TestCluster } from './testCluster.ts';

/** No controller of Argo CD is at hand: the real definitions are, and the test plays the controller's part. */
describe('An Argo CD application on a real API server', function () {
  this.timeout(120_000);
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

  const path = (namespace: string): string => `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/applications/shop`;
  const source = (targetRevision: string) => ({
    repoURL: 'https://git.example.com/shop',
    path: 'deploy',
    targetRevision,
  });
  const manifest = (targetRevision: string): object => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'shop' },
    spec: {
      project: 'default',
      source: source(targetRevision),
      destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' },
    },
  });
  const live = async (namespace: string): Promise<ArgoApplication> =>
    (await cluster.admin.get(path(namespace), cluster.signal)) as ArgoApplication;
  /** The controller’s part: what it would write next; `null` takes a field away. */
  const controller = (namespace: string, change: object): Promise<unknown> =>
    cluster.controlPlane.kubectl([
      ...['patch', 'applications.argoproj.io/shop', '-n', namespace],
      ...['--type=merge', '-p', JSON.stringify(change), '--field-manager=argocd-controller'],
    ]);
  const status = (revision: string, sync: string, health: string, more: object = {}): object => ({
    status: {
      sync: {
        status: sync,
        comparedTo: { source: source(revision), destination: { server: 'https://kubernetes.default.svc' } },
      },
      health: { status: health },
      resources: [{ version: 'v1', kind: 'Service', namespace: 'shop', name: 'web', status: sync }],
      ...more,
    },
  });
  const follow = (
    namespace: string,
    intent: Partial<RolloutIntent>,
    waits: (waitingFor: string) => void = () => {},
  ): Promise<DeliveryState> => {
    const workload = { kind: 'Application', namespace, name: 'shop' };
    return rollout(
      { context: adminContext, workload, timeoutMilliseconds: 60_000, ...intent },
      cluster.engines(),
      (event) => {
        if (event.type !== 'rollout') return;
        const { outcome } = event.sighting.progress;
        if (outcome.state === 'progressing') waits(outcome.waitingFor);
      },
      cluster.signal,
    );
  };

  it('is deployed and watched until Argo CD has brought the new source to life', async () => {
    const namespace = await cluster.namespace('argo-deploy');
    const seen: string[] = [];
    let played: Promise<unknown> | undefined;
    const deploy = {
      context: adminContext,
      namespace,
      documents: cluster.manifest(manifest('v1')),
      watch: { timeoutMilliseconds: 60_000, undoOnFailure: true },
    };
    const state = await cluster.deliver({ deploy }, (event) => {
      if (event.type !== 'rollout' || event.sighting.progress.outcome.state !== 'progressing') return;
      seen.push(event.sighting.progress.outcome.waitingFor);
      played ??= controller(namespace, status('v1', 'Synced', 'Progressing')).then(() =>
        controller(namespace, status('v1', 'Synced', 'Healthy')),
      );
    });
    await played;
    assert.equal(state.status, 'done', JSON.stringify(state.failure));
    assert.equal(seen[0], 'Argo CD to compare the application with its source');
  });

  it('is synced by the Kubernetes API alone, refused while a sync is under way, and watched to its end', async () => {
    const namespace = await cluster.namespace('argo-sync');
    await cluster.deliver({
      deploy: { context: adminContext, namespace, documents: cluster.manifest(manifest('v1')) },
    });
    await controller(namespace, status('v1', 'OutOfSync', 'Healthy'));
    let played: Promise<void> | undefined;
    const state = await follow(namespace, { sync: { prune: true, revision: 'abc123' } }, (waitingFor) => {
      if (waitingFor !== 'Argo CD to take up the sync') return;
      played ??= (async () => {
        const { operation } = (await live(namespace)) as { operation?: { sync?: object; initiatedBy?: object } };
        assert.deepEqual(operation?.sync, { prune: true, revision: 'abc123', syncStrategy: { hook: {} } });
        assert.deepEqual(operation?.initiatedBy, { username: 'slipway' });
        const running = { phase: 'Running', startedAt: '2026-01-01T00:00:00Z', operation: { sync: {} } };
        await controller(namespace, {
          operation: null,
          ...status('v1', 'OutOfSync', 'Healthy', { operationState: running }),
        });
        const second = await follow(namespace, { sync: { prune: false } });
        assert.equal(second.failure?.kind, 'conflict');
        const done = { ...running, phase: 'Succeeded', finishedAt: '2026-01-01T00:00:05Z' };
        await controller(namespace, status('v1', 'Synced', 'Healthy', { operationState: done }));
      })();
    });
    await played;
    assert.equal(state.status, 'done', JSON.stringify(state.failure));
  });

  it('tells why a sync failed at the source of the manifest, and is not taken back', async () => {
    const namespace = await cluster.namespace('argo-fails');
    const documents = cluster.manifest(manifest('v1'));
    const watch = { timeoutMilliseconds: 60_000, undoOnFailure: true };
    let played: Promise<unknown> | undefined;
    const state = await cluster.deliver({ deploy: { context: adminContext, namespace, documents, watch } }, (event) => {
      if (event.type !== 'rollout') return;
      const operationState = {
        phase: 'Failed',
        message: 'one or more objects failed to apply',
        startedAt: '2026-01-01T00:00:00Z',
        operation: { sync: {} },
      };
      played ??= controller(namespace, status('v1', 'OutOfSync', 'Missing', { operationState }));
    });
    await played;
    assert.equal(state.failure?.kind, 'rollout');
    assert.match(state.failure.message, /^SyncFailed: The sync of application shop failed/);
    assert.equal(cluster.failedLine(state), 'source:');
    const undo = await follow(namespace, { undo: {} });
    assert.equal(undo.failure?.kind, 'unsupported');
  });

  it('is asked about from the command line', async () => {
    const namespace = await cluster.namespace('argo-cli');
    await cluster.deliver({
      deploy: { context: adminContext, namespace, documents: cluster.manifest(manifest('v1')) },
    });
    await controller(namespace, status('v1', 'OutOfSync', 'Healthy'));
    const args = ['rollout', 'status', '--context', adminContext, '-n', namespace, 'app/shop'];
    const { exitCode, stdout, stderr } = await startSlipway(args, cluster.controlPlane.environment, cluster.folder)
      .ended;
    assert.equal(exitCode, 4, stderr);
    assert.match(stdout, /waiting for a sync: 1 of its objects are out of sync/);
  });
});
