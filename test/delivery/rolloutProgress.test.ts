import assert from 'node:assert/strict';
import type { KubeEvent } from '../../client/src/cluster/kubeEvent.ts';
import type { KubeObject } from '../../client/src/cluster/kubeObject.ts';
import type { Pod } from '../../client/src/cluster/pod.ts';
import {
  type RolloutObjects,
  type RolloutProgress,
  rolloutProgress,
} from '../../client/src/cluster/rolloutProgress.ts';
import type { Trouble } from '../../client/src/cluster/trouble.ts';
import type { Workload } from '../../client/src/cluster/workload.ts';
import { cartContainer, deployment, pod, replicaSet, warning } from './shopObjects.ts';

const now = Date.parse('2026-01-01T00:00:00Z');

function progressOf(workload: Workload, objects: Partial<RolloutObjects>): RolloutProgress {
  return rolloutProgress(workload, {
    pods: [],
    revisions: [replicaSet(1), replicaSet(2)],
    events: [],
    logTails: new Map(),
    complete: true,
    startedAtMilliseconds: now - 30_000,
    nowMilliseconds: now,
    ...objects,
  });
}

function failureOf(workload: Workload, objects: Partial<RolloutObjects>): Trouble {
  const { outcome } = progressOf(workload, objects);
  assert.equal(outcome.state, 'failed', JSON.stringify(outcome));
  return outcome.state === 'failed' ? outcome.reason : assert.fail();
}

const container = ['spec', 'template', 'spec', 'containers', 0] as const;
const down = { ready: false, state: { waiting: { reason: 'ContainerCreating' } } };
const short = { readyReplicas: 1, availableReplicas: 1 };

describe('The progress of a rollout', () => {
  it('counts new, ready and old pods by their revision and is done when only new ones are there', () => {
    const progress = progressOf(deployment(), { pods: [pod('cart-a', 2), pod('cart-b', 2)] });
    assert.deepEqual(
      { ...progress, troubles: undefined },
      {
        kind: 'Deployment',
        namespace: 'shop',
        name: 'cart',
        images: ['registry.example.com/shop/cart:2'],
        revision: 2,
        desired: 2,
        updated: 2,
        ready: 2,
        available: 2,
        old: 0,
        elapsedMilliseconds: 30_000,
        outcome: { state: 'done' },
        troubles: undefined,
      },
    );
  });

  it('is not done while an old pod is shutting down, and says that it waits for it', () => {
    const leaving = pod('cart-old', 1, {}, { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } });
    const progress = progressOf(deployment(), { pods: [pod('cart-a', 2), pod('cart-b', 2), leaving] });
    assert.equal(progress.old, 1);
    assert.deepEqual(progress.outcome, { state: 'progressing', waitingFor: '1 old pod to go' });
  });

  it('does not take the former rollout’s success for this one before the controller has seen the change', () => {
    const unseen = deployment({}, { observedGeneration: 2 }, { generation: 3 });
    const progress = progressOf(unseen, { pods: [pod('a', 2), pod('b', 2)] });
    assert.equal(progress.outcome.state, 'progressing');
  });

  it('does not count pods of another workload that carries the same labels', () => {
    const stranger = pod('stranger', 2, {}, { metadata: { ownerReferences: [] } });
    const progress = progressOf(deployment(), { pods: [pod('a', 2), stranger] });
    assert.equal(progress.updated, 1);
    assert.deepEqual(progress.outcome, { state: 'progressing', waitingFor: '1 new pod to be created' });
  });

  it('falls back to the workload’s status when pods may not be read', () => {
    const progress = progressOf(deployment(), { complete: false, revisions: [] });
    assert.equal(progress.updated, 2);
    assert.equal(progress.outcome.state, 'done');
    const half = progressOf(deployment({}, { replicas: 3, updatedReplicas: 1, readyReplicas: 3 }), { complete: false });
    assert.deepEqual([half.updated, half.old, half.ready], [1, 2, 1]);
    assert.equal(half.outcome.state, 'progressing');
  });

  it('says that a paused rollout waits to be resumed', () => {
    const progress = progressOf(deployment({ paused: true }), { pods: [pod('a', 1), pod('b', 1)] });
    assert.deepEqual(progress.outcome, { state: 'progressing', waitingFor: 'the rollout to be resumed: it is paused' });
  });
});

describe('A rollout that fails', () => {
  it('names an image that does not exist, with the registry’s words and the image’s field', () => {
    const message = 'rpc error: code = NotFound desc = registry.example.com/shop/cart:2: not found';
    const waiting = pod('cart-a', 2, { ready: false, state: { waiting: { reason: 'ErrImagePull', message } } });
    const trouble = failureOf(deployment({}, short), { pods: [waiting, pod('cart-old', 1)] });
    assert.equal(trouble.code, 'ErrImagePull');
    assert.deepEqual(trouble.path, [...container, 'image']);
    assert.match(trouble.message, /registry\.example\.com\/shop\/cart:2/);
    assert.equal(trouble.said, message);
  });

  it('finds the cause of ImagePullBackOff in the events when the state says only that it backs off', () => {
    const message = 'Back-off pulling image "registry.example.com/shop/cart:2"';
    const waiting = pod('cart-a', 2, { ready: false, state: { waiting: { reason: 'ImagePullBackOff', message } } });
    const said = 'Failed to pull image "registry.example.com/shop/cart:2": pull access denied';
    const trouble = failureOf(deployment({}, short), { pods: [waiting], events: [warning(waiting, 'Failed', said)] });
    assert.equal(trouble.code, 'ErrImagePull');
    assert.equal(trouble.said, said);
    assert.match(trouble.advice, /imagePullSecret/);
  });

  it('waits out a first pull that failed for the network', () => {
    const message = 'dial tcp 10.0.0.1:443: i/o timeout';
    const waiting = pod('cart-a', 2, { ready: false, state: { waiting: { reason: 'ErrImagePull', message } } });
    const progress = progressOf(deployment({}, short), { pods: [waiting] });
    assert.equal(progress.outcome.state, 'progressing');
    assert.equal(progress.troubles[0]?.code, 'ErrImagePull');
  });

  it('tells a crash loop with exit code, last log line and whether the program crashes often enough to give up', () => {
    const lastState = { terminated: { exitCode: 3, reason: 'Error' } };
    const crashed = (restartCount: number): Pod =>
      pod('cart-a', 2, { ready: false, restartCount, lastState, state: { waiting: { reason: 'CrashLoopBackOff' } } });
    const logTails = new Map([['cart-a/cart', 'panic: no database']]);
    const trouble = failureOf(deployment({}, short), { pods: [crashed(3)], logTails });
    assert.equal(trouble.code, 'CrashLoopBackOff');
    assert.equal(trouble.lastLogLine, 'panic: no database');
    assert.match(trouble.message, /exit code 3.*restarted 3 times/);
    const early = progressOf(deployment({}, short), { pods: [crashed(1)], logTails });
    assert.equal(early.outcome.state, 'progressing');
    assert.equal(early.troubles[0]?.grave, false);
  });

  it('sees a crash also between two runs, when the container is up again but was ended before', () => {
    const lastState = { terminated: { exitCode: 1, reason: 'Error' } };
    const up = pod('cart-a', 2, { ready: false, restartCount: 4, lastState, state: { running: {} } });
    assert.equal(failureOf(deployment({}, short), { pods: [up] }).code, 'CrashLoopBackOff');
  });

  it('tells that memory ran out and points to the limit', () => {
    const lastState = { terminated: { exitCode: 137, reason: 'OOMKilled' } };
    const state = { waiting: { reason: 'CrashLoopBackOff' } };
    const trouble = failureOf(deployment({}, short), {
      pods: [pod('cart-a', 2, { ready: false, restartCount: 2, lastState, state })],
    });
    assert.equal(trouble.code, 'OOMKilled');
    assert.deepEqual(trouble.path, [...container, 'resources', 'limits', 'memory']);
  });

  const missing: [said: string, path: readonly (string | number)[]][] = [
    ['secret "db" not found', [...container, 'env', 1, 'valueFrom', 'secretKeyRef', 'name']],
    ["couldn't find key password in Secret shop/db", [...container, 'env', 1, 'valueFrom', 'secretKeyRef', 'key']],
    ['configmap "cart-settings" not found', [...container, 'envFrom', 0, 'configMapRef', 'name']],
    ['configmap "elsewhere" not found', container],
  ];
  for (const [said, path] of missing) {
    it(`points to the reference behind: ${said}`, () => {
      const state = { waiting: { reason: 'CreateContainerConfigError', message: said } };
      const trouble = failureOf(deployment({}, short), { pods: [pod('cart-a', 2, { ready: false, state })] });
      assert.equal(trouble.code, 'CreateContainerConfigError');
      assert.deepEqual(trouble.path, path);
      assert.equal(trouble.said, said);
    });
  }

  it('waits some seconds for configuration that may still come', () => {
    const state = { waiting: { reason: 'CreateContainerConfigError', message: 'secret "db" not found' } };
    const young = pod(
      'cart-a',
      2,
      { ready: false, state },
      { metadata: { creationTimestamp: '2025-12-31T23:59:58Z' } },
    );
    assert.equal(progressOf(deployment({}, short), { pods: [young] }).outcome.state, 'progressing');
  });

  it('explains a passed deadline by the probe that fails', () => {
    const unready = pod('cart-a', 2, { ready: false });
    const conditions = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'late' }];
    const events = [warning(unready, 'Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503')];
    const before = progressOf(deployment({}, short), { pods: [unready], events });
    assert.equal(before.outcome.state, 'progressing');
    const trouble = failureOf(deployment({}, { ...short, conditions }), { pods: [unready], events });
    assert.equal(trouble.code, 'ProbeFailing');
    assert.deepEqual(trouble.path, [...container, 'readinessProbe']);
    assert.match(trouble.said, /statuscode: 503/);
  });

  it('blames the liveness probe when the kubelet keeps ending the container', () => {
    const lastState = { terminated: { exitCode: 137, reason: 'Error' } };
    const killed = pod('cart-a', 2, { ready: false, restartCount: 3, lastState, state: { running: {} } });
    const events = [warning(killed, 'Unhealthy', 'Liveness probe failed: dial tcp: connection refused')];
    const trouble = failureOf(deployment({}, short), { pods: [killed], events });
    assert.equal(trouble.code, 'ProbeFailing');
    assert.deepEqual(trouble.path, [...container, 'livenessProbe']);
  });

  it('says so when the deadline passed and nothing explains it', () => {
    const conditions = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'late' }];
    const trouble = failureOf(deployment({ progressDeadlineSeconds: 60 }, { ...short, conditions }), {
      pods: [pod('a', 2)],
    });
    assert.equal(trouble.code, 'DeadlineExceeded');
    assert.match(trouble.message, /60 seconds/);
  });

  it('waits past the deadline for a controller that has not seen its ready pods, as after a restart of the API server', () => {
    const conditions = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'late' }];
    const late = deployment({ progressDeadlineSeconds: 60 }, { ...short, conditions });
    const ready = [pod('a', 2), pod('b', 2), pod('c', 2)];
    assert.deepEqual(progressOf(late, { pods: ready }).outcome, {
      state: 'progressing',
      waitingFor: 'the controller to count the ready pods',
    });
    assert.equal(failureOf(late, { pods: [...ready.slice(1), pod('a', 2, { ready: false })] }).code, 'NotReady');
  });

  it('tells a refusal by quota once it lasts, and points to what asks too much', () => {
    const refusal = (message: string, since: string) => [
      { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message, lastTransitionTime: since },
    ];
    const said = 'pods "cart-x" is forbidden: exceeded quota: small, requested: pods=1, used: pods=2, limited: pods=2';
    const lasting = deployment({}, { ...short, conditions: refusal(said, '2025-12-31T23:59:00Z') });
    const trouble = failureOf(lasting, { pods: [pod('old', 1)] });
    assert.equal(trouble.code, 'QuotaExceeded');
    assert.deepEqual(trouble.path, ['spec', 'replicas']);
    const fresh = deployment({}, { ...short, conditions: refusal(said, '2025-12-31T23:59:58Z') });
    assert.equal(progressOf(fresh, { pods: [pod('old', 1)] }).outcome.state, 'progressing');
    const memory = 'exceeded quota: small, requested: limits.memory=1Gi, used: 0, limited: limits.memory=512Mi';
    const ofMemory = deployment({}, { ...short, conditions: refusal(memory, '2025-12-31T23:59:00Z') });
    assert.deepEqual(failureOf(ofMemory, {}).path, [...container, 'resources']);
  });

  it('does not fail because old pods crash', () => {
    const state = { waiting: { reason: 'CrashLoopBackOff' } };
    const old = pod('old', 1, { ready: false, restartCount: 9, state, lastState: { terminated: { exitCode: 1 } } });
    const progress = progressOf(deployment({}, short), { pods: [old, pod('a', 2), pod('b', 2)] });
    assert.deepEqual(progress.outcome, { state: 'progressing', waitingFor: '1 old pod to go' });
  });

  it('tells that no node can take a pod and which request is too large', () => {
    const status = {
      phase: 'Pending',
      conditions: [
        { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes: 3 Insufficient cpu.' },
      ],
      containerStatuses: [],
    };
    const progress = progressOf(deployment({}, short), { pods: [pod('a', 2, down, { status })] });
    assert.equal(progress.outcome.state, 'progressing');
    assert.equal(progress.troubles[0]?.code, 'Unschedulable');
    assert.deepEqual(progress.troubles[0]?.path, [...container, 'resources', 'requests', 'cpu']);
  });

  it('points to the volume that cannot be mounted', () => {
    const waiting = pod('a', 2, down);
    const said = 'MountVolume.SetUp failed for volume "config" : configmap "cart-files" not found';
    const trouble = failureOf(deployment({}, short), {
      pods: [waiting],
      events: [warning(waiting, 'FailedMount', said)],
    });
    assert.equal(trouble.code, 'FailedMount');
    assert.deepEqual(trouble.path, ['spec', 'template', 'spec', 'volumes', 0]);
  });

  it('does not wait for the remains of evicted pods, which nobody takes away', () => {
    const ended = { status: { phase: 'Failed', reason: 'Evicted', conditions: [] } };
    const pods = [pod('a', 2), pod('b', 2), pod('gone', 1, {}, ended), pod('lost', 2, { ready: false }, ended)];
    const progress = progressOf(deployment(), { pods });
    assert.deepEqual([progress.updated, progress.ready, progress.old], [2, 2, 0]);
    assert.deepEqual(progress.outcome, { state: 'done' });
  });

  it('waits for a pod that has ended and is being deleted, until it is gone', () => {
    const leaving = pod('gone', 1, {}, { status: { phase: 'Succeeded', conditions: [] } });
    const deleted = { ...leaving, metadata: { ...leaving.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } };
    const progress = progressOf(deployment(), { pods: [pod('a', 2), pod('b', 2), deleted] });
    assert.equal(progress.old, 1);
    assert.notEqual(progress.outcome?.state, 'done');
  });

  it('tells what an evicted pod used too much of, at the field that says how much it may', () => {
    const message =
      'The node was low on resource: memory. Threshold quantity: 100Mi, available: 80Mi. Container cart was using 90Mi, request is 64Mi, has larger consumption of memory. ';
    const evicted = pod('cart-a', 2, { ready: false }, { status: { phase: 'Failed', reason: 'Evicted', message } });
    const { troubles } = progressOf(deployment({}, short), { pods: [evicted] });
    assert.equal(troubles[0]?.code, 'Evicted');
    assert.match(troubles[0]?.advice ?? '', /Request as much memory as the pod needs/);
    assert.deepEqual(troubles[0]?.path, [...container, 'resources', 'limits', 'memory']);
    const node = { phase: 'Failed', reason: 'NodeAffinity', message: 'Pod was rejected' };
    const rejected = pod('cart-b', 2, { ready: false }, { status: node });
    assert.deepEqual(progressOf(deployment({}, short), { pods: [rejected] }).troubles[0]?.path, [
      ...container,
      'resources',
    ]);
  });

  it('tells a postStart hook that fails, at the hook', () => {
    const failing = pod('cart-a', 2, {
      ready: false,
      restartCount: 2,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 137 } },
    });
    const events = [warning(failing, 'FailedPostStartHook', 'PostStartHook failed: command exited with 5')];
    const failure = failureOf(deployment({}, short), { pods: [failing, pod('b', 2)], events });
    assert.equal(failure.code, 'HookFailed');
    assert.equal(failure.said, 'PostStartHook failed: command exited with 5');
    assert.equal(failure.path.at(0), 'spec');
  });

  it('calls an init container so, and says that the others wait for one that runs on', () => {
    const template = { containers: [cartContainer], initContainers: [{ name: 'migrate', command: ['migrate'] }] };
    const workload = deployment({ template: { metadata: {}, spec: template } }, short);
    const podWith = (init: object): Pod =>
      pod(
        'cart-a',
        2,
        { ready: false, state: { waiting: { reason: 'PodInitializing' } } },
        {
          status: { initContainerStatuses: [{ name: 'migrate', ready: false, ...init }] },
        },
      );
    const crashed = podWith({
      restartCount: 3,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 7 } },
    });
    const failure = failureOf(workload, { pods: [crashed, pod('b', 2)] });
    assert.match(failure.message, /^Init container migrate of pod cart-a ended with exit code 7/);
    assert.deepEqual(failure.path, ['spec', 'template', 'spec', 'initContainers', 0, 'command']);
    const { troubles } = progressOf(workload, { pods: [podWith({ state: { running: {} } }), pod('b', 2)] });
    assert.match(troubles[0]?.message ?? '', /^Init container migrate of pod cart-a still runs; the containers wait/);
  });

  it('tells which claim a pod waits for once it lasts, and only the scheduler’s words where claims may not be read', () => {
    const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'rows' } }];
    const template = { containers: [cartContainer], volumes };
    const workload = deployment({ template: { metadata: {}, spec: template } }, short);
    const message = '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.';
    const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }];
    const waiting: Pod = {
      ...pod('cart-a', 2, { ready: false }, { status: { phase: 'Pending', conditions, containerStatuses: [] } }),
      spec: template,
    };
    const claims = new Map([
      ['rows', { phase: 'Pending', storageClass: 'fast', said: 'storageclass.storage.k8s.io "fast" not found' }],
    ]);
    const failure = failureOf(workload, { pods: [waiting, pod('b', 2)], claims });
    assert.equal(failure.code, 'ClaimPending');
    assert.equal(failure.advice, 'Name a StorageClass that the cluster has instead of fast.');
    assert.deepEqual(failure.path.slice(3), ['volumes', 0, 'persistentVolumeClaim', 'claimName']);
    const unread = progressOf(workload, { pods: [waiting, pod('b', 2)] });
    assert.equal(unread.outcome.state, 'progressing');
    assert.equal(unread.troubles[0]?.said, message);
    const slow = new Map([
      ['rows', { phase: 'Pending', storageClass: 'slow', said: 'waiting for a volume to be created' }],
    ]);
    assert.equal(progressOf(workload, { pods: [waiting, pod('b', 2)], claims: slow }).outcome.state, 'progressing');
  });

  it('ignores events about a namesake that is gone', () => {
    const unready = pod('cart-a', 2, { ready: false });
    const ghost = { ...unready, metadata: { ...unready.metadata, uid: 'another' } };
    const progress = progressOf(deployment({}, short), {
      pods: [unready],
      events: [warning(ghost, 'Unhealthy', 'Readiness probe failed: x')],
    });
    assert.equal(progress.troubles[0]?.code, 'NotReady');
  });
});

describe('Other kinds of workload', () => {
  const owned = (name: string, kind: string, labels: object, container = {}): Pod =>
    pod(name, 0, container, {
      metadata: {
        labels: { app: 'cart', ...labels },
        ownerReferences: [{ apiVersion: 'apps/v1', kind, name: 'cart', uid: 'uid-cart', controller: true }],
      },
    });
  const workload = (kind: string, apiVersion: string, spec: object, status: object): Workload => ({
    ...deployment(spec, { observedGeneration: 2, ...status }),
    kind,
    apiVersion,
  });
  const revision = (number: number): KubeObject => ({
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `cart-rev${number}`,
      labels: { 'controller-revision-hash': `rev${number}` },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'x', name: 'cart', uid: 'uid-cart', controller: true }],
    },
    revision: number,
    data: { spec: { template: {} } },
  });

  it('StatefulSet: new pods are those of the update revision; a partition holds the others back', () => {
    const status = { updateRevision: 'cart-rev2', availableReplicas: 2, replicas: 2 };
    const revisions = [revision(1), revision(2)];
    const hash = (number: number) => ({ 'controller-revision-hash': `cart-rev${number}` });
    const pods = [owned('cart-1', 'StatefulSet', hash(2)), owned('cart-0', 'StatefulSet', hash(1))];
    const half = progressOf(workload('StatefulSet', 'apps/v1', {}, status), { revisions, pods });
    assert.deepEqual([half.updated, half.old, half.revision], [1, 1, 2]);
    assert.equal(half.outcome.state, 'progressing');
    const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 1 } };
    const held = progressOf(workload('StatefulSet', 'apps/v1', { updateStrategy }, status), { revisions, pods });
    assert.deepEqual(held.outcome, { state: 'done' });
  });

  it('StatefulSet with OnDelete waits for hands', () => {
    const status = { updateRevision: 'cart-rev2', availableReplicas: 2 };
    const pods = ['cart-0', 'cart-1'].map((name) =>
      owned(name, 'StatefulSet', { 'controller-revision-hash': 'cart-rev1' }),
    );
    const spec = { updateStrategy: { type: 'OnDelete' } };
    const { outcome } = progressOf(workload('StatefulSet', 'apps/v1', spec, status), {
      revisions: [revision(1)],
      pods,
    });
    assert.match(outcome.state === 'progressing' ? outcome.waitingFor : '', /OnDelete/);
  });

  it('DaemonSet: wants a pod on each node that it fits', () => {
    const status = { desiredNumberScheduled: 2, numberAvailable: 1, updatedNumberScheduled: 2 };
    const hash = { 'controller-revision-hash': 'rev2' };
    const pods = [owned('a', 'DaemonSet', hash), owned('b', 'DaemonSet', hash, { ready: false })];
    const revisions = [revision(1), revision(2)];
    const some = progressOf(workload('DaemonSet', 'apps/v1', {}, status), { revisions, pods });
    assert.deepEqual([some.desired, some.updated, some.ready], [2, 2, 1]);
    assert.equal(some.outcome.state, 'progressing');
    const all = progressOf(workload('DaemonSet', 'apps/v1', {}, { ...status, numberAvailable: 2 }), {
      revisions,
      pods: [owned('a', 'DaemonSet', hash), owned('b', 'DaemonSet', hash)],
    });
    assert.deepEqual(all.outcome, { state: 'done' });
  });

  it('Job: completes, retries, and fails with the last log line of its pod', () => {
    const job = (status: object): Workload => workload('Job', 'batch/v1', { completions: 1 }, status);
    assert.deepEqual(progressOf(job({ conditions: [{ type: 'Complete', status: 'True' }] }), {}).outcome, {
      state: 'done',
    });
    const state = { terminated: { exitCode: 2, reason: 'Error' } };
    const failedPod = owned('cart-x', 'Job', {}, { ready: false, state });
    const ended = { ...failedPod, status: { ...failedPod.status, phase: 'Failed' } };
    const logTails = new Map([['cart-x/cart', 'migration 7 failed']]);
    assert.equal(progressOf(job({ active: 0, failed: 1 }), { pods: [ended], logTails }).outcome.state, 'progressing');
    const conditions = [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', message: 'too often' }];
    const trouble = failureOf(job({ conditions }), { pods: [ended], logTails });
    assert.equal(trouble.code, 'JobFailed');
    assert.equal(trouble.lastLogLine, 'migration 7 failed');
  });

  it('Argo Rollout: healthy, paused for promotion, degraded', () => {
    const rollout = (status: object): Workload => workload('Rollout', 'argoproj.io/v1alpha1', {}, status);
    const keeper = replicaSet(2);
    const labels = { app: 'cart', 'rollouts-pod-template-hash': 'hash2' };
    const revisions: KubeObject[] = [
      {
        ...keeper,
        metadata: { ...keeper.metadata, labels, annotations: { 'rollout.argoproj.io/revision': '2' } },
      },
    ];
    const ofHash = (name: string): Pod => pod(name, 2, {}, { metadata: { labels } });
    const status = { currentPodHash: 'hash2', availableReplicas: 2, observedGeneration: '2' };
    const pods = [ofHash('a'), ofHash('b')];
    const healthy = progressOf(rollout({ ...status, phase: 'Healthy' }), { revisions, pods });
    assert.deepEqual([healthy.outcome.state, healthy.revision], ['done', 2]);
    const paused = progressOf(rollout({ ...status, phase: 'Paused', message: 'CanaryPauseStep' }), { revisions, pods });
    assert.match(paused.outcome.state === 'progressing' ? paused.outcome.waitingFor : '', /CanaryPauseStep/);
    const degraded = rollout({ ...status, phase: 'Degraded', message: 'RolloutAborted: metric "errors" failed' });
    assert.equal(failureOf(degraded, { revisions, pods }).code, 'RolloutDegraded');
  });
});

describe('Any objects at all', () => {
  it('never make the progress throw', () => {
    const odd: unknown[] = [{}, { status: null }, { status: { containerStatuses: [{ name: 'x' }] } }, { spec: {} }];
    for (const part of odd) {
      const strange = { ...pod('x', 2), ...(part as object) } as Pod;
      const event = { ...warning(strange, 'Failed', ''), ...(part as object) } as KubeEvent;
      assert.ok(progressOf(deployment(), { pods: [strange], events: [event] }));
    }
    const bare = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'x' } } as Workload;
    assert.equal(progressOf(bare, {}).outcome.state, 'progressing');
    assert.equal(cartContainer.name, 'cart');
  });
});
