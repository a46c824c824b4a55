import assert from 'node:assert/strict';
import type { Failure } from '../../client/src/cluster/failure.ts';
import type { KubeObject } from '../../client/src/cluster/kubeObject.ts';
import { undoRollout } from '../../client/src/cluster/undoRollout.ts';
import { type ArgoRollout, actOnRollout, rolloutInWords } from '../../client/src/delivery/progressive/argoRollout.ts';
import { preparationPatch, readColourPair, switchColour } from '../../client/src/delivery/progressive/blueGreen.ts';
import { startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { applyCustomResourceDefinitions } from '../environment/crds/customResourceDefinitions.ts';
import { needTier } from '../environment/needTier.ts';
import { adminContext, deploymentOf, TestCluster } from './testCluster.ts';

describe('Blue-green and Argo Rollouts on a real API server', function () {
  this.timeout(90_000);
  let cluster: TestCluster;

  before(async function () {
    this.timeout(1_200_000);
    await needTier(this, 'kubernetes');
    cluster = new TestCluster(await startControlPlane({ nodes: 2 }));
    await applyCustomResourceDefinitions(cluster.controlPlane, ['argo-rollouts']);
  });

  after(async () => {
    cluster?.dispose();
    await cluster?.controlPlane.stop();
  });

  const refusal = (work: Promise<unknown>): Promise<Failure> =>
    work.then(
      () => assert.fail('it was not refused'),
      (error: Failure) => error,
    );

  /** The Deployments whose pods get the traffic of a Service now, by the real EndpointSlice controller. */
  async function serving(namespace: string): Promise<string[]> {
    const path = `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`;
    const { items } = await cluster.admin.list(
      path,
      { labelSelector: 'kubernetes.io/service-name=cart' },
      cluster.signal,
    );
    const endpoints = items.flatMap(
      (slice) => (slice['endpoints'] ?? []) as { targetRef?: { name?: string }; conditions?: { ready?: boolean } }[],
    );
    return [
      ...new Set(
        endpoints
          .filter(({ conditions }) => conditions?.ready)
          .map(({ targetRef }) => /^cart-[a-z]+/.exec(targetRef?.name ?? '')?.[0] ?? ''),
      ),
    ];
  }

  async function untilServing(namespace: string, expected: readonly string[]): Promise<void> {
    const wanted = JSON.stringify(expected);
    await cluster.until(`traffic to ${wanted}`, async () => JSON.stringify(await serving(namespace)) === wanted);
  }

  it('prepares the idle colour, switches to it, refuses what cannot serve, and switches back', async () => {
    const namespace = await cluster.namespace('colours');
    const coloured = (colour: string, replicas: number): object => {
      const labels = { app: 'cart', slot: colour };
      const made = deploymentOf(`cart-${colour}`, 'shop/cart:1', { replicas, selector: { matchLabels: labels } }) as {
        spec: { template: { metadata: object } };
      };
      made.spec.template.metadata = { labels };
      return made;
    };
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'cart' },
      spec: { selector: { app: 'cart', slot: 'blue' }, ports: [{ port: 80 }] },
    };
    const documents = cluster.manifest(coloured('blue', 2), coloured('green', 0), service);
    const watch = { timeoutMilliseconds: 60_000, undoOnFailure: false };
    const state = await cluster.deliver({ deploy: { context: adminContext, namespace, documents, watch } });
    assert.equal(state.status, 'done', JSON.stringify(state.failure));
    await untilServing(namespace, ['cart-blue']);

    const target = { namespace, service: 'cart', to: 'green', waiveObstacle: false };
    const refused = await refusal(switchColour(cluster.admin, target, cluster.signal));
    assert.match(refused.message, /was not switched to green\. Deployment cart-green has no available pod/);
    assert.deepEqual(await serving(namespace), ['cart-blue']);

    const { pair } = await readColourPair(cluster.admin, namespace, 'cart', cluster.signal);
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/cart-green`;
    await cluster.admin.patch(path, preparationPatch(pair, 'shop/cart:2'), { type: 'json' }, cluster.signal);
    const reference = { kind: 'Deployment', namespace, name: 'cart-green' };
    const watched = await cluster.deliver({
      rollout: { context: adminContext, workload: reference, timeoutMilliseconds: 60_000 },
    });
    assert.equal(watched.status, 'done', JSON.stringify(watched.failure));
    assert.deepEqual(await serving(namespace), ['cart-blue'], 'a prepared colour gets no traffic');

    await switchColour(cluster.admin, target, cluster.signal);
    await untilServing(namespace, ['cart-green']);
    const again = await refusal(switchColour(cluster.admin, target, cluster.signal));
    assert.match(again.message, /was switched meanwhile: it chooses green/);
    await switchColour(cluster.admin, { ...target, to: 'blue' }, cluster.signal);
    await untilServing(namespace, ['cart-blue']);
  });

  const rolloutPath = (namespace: string): string => `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/rollouts/cart`;
  const rolloutOf = (tag: string): object => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'cart' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'cart' } },
      strategy: { canary: { steps: [{ setWeight: 10 }, { pause: {} }, { setWeight: 50 }, { pause: {} }] } },
      template: {
        metadata: { labels: { app: 'cart' } },
        spec: { containers: [{ name: 'web', image: `shop/cart:${tag}` }] },
      },
    },
  });

  /** What the controller of Argo Rollouts writes. */
  async function played(namespace: string, status: object): Promise<ArgoRollout> {
    return (await cluster.admin.patch(
      rolloutPath(namespace),
      { status },
      { type: 'merge', subresource: 'status' },
      cluster.signal,
    )) as ArgoRollout;
  }

  it('promotes a Rollout step by step, aborts and retries it', async () => {
    const namespace = await cluster.namespace('rollout');
    const documents = cluster.manifest(rolloutOf('2'));
    const state = await cluster.deliver({ deploy: { context: adminContext, namespace, documents } });
    assert.equal(state.status, 'done', JSON.stringify(state.failure));
    const target = { namespace, name: 'cart' };
    const act = (what: Parameters<typeof actOnRollout>[2]): Promise<ArgoRollout> =>
      actOnRollout(cluster.admin, target, what, cluster.signal);
    const pausedAt = (index: number): object => ({
      phase: 'Paused',
      currentPodHash: 'new',
      stableRS: 'old',
      currentStepIndex: index,
      pauseConditions: [{ reason: 'CanaryPauseStep', startTime: '2026-01-01T00:00:00Z' }],
      controllerPause: true,
    });
    assert.match(
      rolloutInWords(await played(namespace, pausedAt(1))),
      /^Paused at step 2 of 4 \(pause\): CanaryPauseStep/,
    );
    assert.equal((await act('promote')).status?.pauseConditions, undefined, 'the pause is lifted');
    await played(namespace, { currentStepIndex: 2, controllerPause: false });
    assert.equal((await act('promote')).status?.currentStepIndex, 3, 'a step that is under way is skipped');
    assert.equal((await act('abort')).status?.abort, true);
    assert.match((await refusal(act('promote'))).message, /nothing to promote\. It is aborted; retry it first/);
    assert.notEqual((await act('retry')).status?.abort, true);
    assert.equal((await act('pause')).spec?.paused, true);
    await played(namespace, pausedAt(1));
    const resumed = await act('promote');
    assert.notEqual(resumed.spec?.paused, true);
    assert.equal(resumed.status?.pauseConditions, undefined);
    const full = (await act('promote-fully')).status as { promoteFull?: boolean };
    assert.equal(full.promoteFull, true);
    await played(namespace, { stableRS: 'new', promoteFull: null });
    assert.match((await refusal(act('promote'))).message, /No update is under way/);
    assert.equal((await refusal(actOnRollout(cluster.viewer, target, 'abort', cluster.signal))).kind, 'forbidden');
  });

  it('takes a Rollout back to a former revision', async () => {
    const namespace = await cluster.namespace('rollout-undo');
    const state = await cluster.deliver({
      deploy: { context: adminContext, namespace, documents: cluster.manifest(rolloutOf('2')) },
    });
    assert.equal(state.status, 'done', JSON.stringify(state.failure));
    const rollout = await played(namespace, { currentPodHash: 'h2', stableRS: 'h1' });
    for (const number of [1, 2]) {
      const labels = { app: 'cart', 'rollouts-pod-template-hash': `h${number}` };
      const keeper = {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: {
          name: `cart-h${number}`,
          labels,
          annotations: { 'rollout.argoproj.io/revision': String(number) },
          ownerReferences: [
            {
              apiVersion: 'argoproj.io/v1alpha1',
              kind: 'Rollout',
              name: 'cart',
              uid: rollout.metadata.uid,
              controller: true,
            },
          ],
        },
        spec: {
          replicas: 0,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: `shop/cart:${number}` }] } },
        },
      };
      await cluster.admin.create(`/apis/apps/v1/namespaces/${namespace}/replicasets`, keeper, cluster.signal);
    }
    const undone = await undoRollout(
      cluster.admin,
      { kind: 'Rollout', namespace, name: 'cart' },
      undefined,
      cluster.signal,
    );
    assert.deepEqual([undone.from, undone.to, undone.images], [2, 1, ['shop/cart:1']]);
    const spec = ((await cluster.admin.get(rolloutPath(namespace), cluster.signal)) as KubeObject)['spec'] as {
      template: { metadata: { labels: object } };
    };
    assert.deepEqual(spec.template.metadata.labels, { app: 'cart' }, 'the controller’s label is not taken over');
  });
});
