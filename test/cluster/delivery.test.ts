import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { systemClock } from '../../client/src/adapters/clock.ts';
import { KubernetesApi } from '../../client/src/adapters/kubernetesApi.ts';
import type { Failure } from '../../client/src/cluster/failure.ts';
import type { KubeObject } from '../../client/src/cluster/kubeObject.ts';
import { ObjectCache } from '../../client/src/cluster/objectCache.ts';
import type { Workload } from '../../client/src/cluster/workload.ts';
import type { DeliveryEvent } from '../../client/src/delivery/deliveryEvent.ts';
import type { DeliveryState } from '../../client/src/delivery/deliveryState.ts';
import type { DeployIntent } from '../../client/src/delivery/intent.ts';
import type { ManifestDocument } from '../../client/src/delivery/manifest.ts';
import { rollout } from '../../client/src/delivery/ship.ts';
import { startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { needTier } from '../environment/needTier.ts';
import { adminContext, deploymentOf, TestCluster, viewerContext } from './testCluster.ts';

describe('A delivery to a real API server', function () {
  this.timeout(90_000);
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

  const intentFor = (namespace: string, documents: ManifestDocument[], more: Partial<DeployIntent> = {}) => ({
    deploy: {
      context: adminContext,
      namespace,
      documents,
      watch: { timeoutMilliseconds: 60_000, undoOnFailure: false },
      ...more,
    },
  });
  const path = (namespace: string, name = 'web'): string => `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`;
  const workload = async (namespace: string, name = 'web'): Promise<Workload> =>
    (await cluster.admin.get(path(namespace, name), cluster.signal)) as Workload;
  const image = async (namespace: string): Promise<string | undefined> =>
    (await workload(namespace)).spec?.template?.spec.containers[0]?.image;
  const assertDone = (state: DeliveryState): void => assert.equal(state.status, 'done', JSON.stringify(state.failure));
  const remains = (state: DeliveryState): string => state.steps.flatMap((step) => step.remains).join(' ');

  it('reviews, applies and watches to the end, and then has nothing to change', async () => {
    const namespace = await cluster.namespace('whole');
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } };
    const documents = cluster.manifest(deploymentOf('web', 'shop/web:1'), service);
    const state = await cluster.deliver(intentFor(namespace, documents));
    assertDone(state);
    const last = state.steps.at(-1)?.rollout?.progress;
    assert.deepEqual(
      [last?.revision, last?.desired, last?.updated, last?.ready, last?.available, last?.old],
      [1, 2, 2, 2, 2, 0],
    );
    assert.deepEqual(
      state.steps[0]?.reviews.map(({ kind, change }) => `${kind} ${change}`),
      ['Service create', 'Deployment create'],
    );
    const again = await cluster.deliver(intentFor(namespace, documents));
    assertDone(again);
    assert.deepEqual(
      again.steps[0]?.reviews.map(({ change }) => change),
      ['unchanged', 'unchanged'],
    );
    assert.equal(again.steps.at(-1)?.rollout?.progress.revision, 1);

    const changed = cluster.manifest(deploymentOf('web', 'shop/web:2'), service);
    const olds: number[] = [];
    const second = await cluster.deliver(intentFor(namespace, changed), (event) => {
      if (event.type === 'rollout') olds.push(event.sighting.progress.old);
    });
    assertDone(second);
    const diff = second.steps[0]?.reviews.find(({ kind }) => kind === 'Deployment')?.diff;
    assert.deepEqual(
      diff?.lines.filter((line) => /^[-+]/.test(line)),
      ['-          image: shop/web:1', '+          image: shop/web:2'],
    );
    assert.ok(
      olds.some((old) => old > 0),
      'old pods were seen',
    );
    assert.equal(olds.at(-1), 0);
  });

  it('says why pods never get ready with the probe’s line, and takes the rollout back', async () => {
    const namespace = await cluster.namespace('never-ready');
    assertDone(await cluster.deliver(intentFor(namespace, cluster.manifest(deploymentOf('web', 'shop/web:1')))));
    const documents = cluster.manifest(deploymentOf('web', 'shop/web:2-never-ready', { progressDeadlineSeconds: 4 }));
    const watch = { timeoutMilliseconds: 60_000, undoOnFailure: true };
    const state = await cluster.deliver(intentFor(namespace, documents, { watch }));
    assert.equal(state.failure?.kind, 'rollout');
    assert.match(state.failure.message, /^ProbeFailing: The readinessProbe of container web/);
    assert.match(state.failure.said, /statuscode: 503/);
    assert.equal(cluster.failedLine(state), 'readinessProbe:');
    assert.match(remains(state), /taken back to revision 1 and runs it/);
    assert.equal(await image(namespace), 'shop/web:1');
    const next = cluster.manifest(deploymentOf('web', 'shop/web:3'));
    assertDone(await cluster.deliver(intentFor(namespace, next)));
    assert.equal(await image(namespace), 'shop/web:3', 'the undo is no conflict with the next deployment');
  });

  const fates: [tag: string, code: RegExp, line: string][] = [
    ['bad-pull', /^ErrImagePull: Image shop\/web:1-bad-pull cannot be pulled/, 'image: shop/web:1-bad-pull'],
    ['crash', /^CrashLoopBackOff: Container web of pod .* exit code 1/, 'image: shop/web:1-crash'],
    ['oom', /^OOMKilled: Container web of pod .* needed more memory/, 'memory: 64Mi'],
  ];
  for (const [tag, message, line] of fates) {
    it(`names the cause and the line of ${tag} before the deadline passes`, async () => {
      const namespace = await cluster.namespace(`fate-${tag}`);
      const object = deploymentOf('web', `shop/web:1-${tag}`) as {
        spec: { template: { spec: { containers: object[] } } };
      };
      Object.assign(object.spec.template.spec.containers[0] ?? {}, { resources: { limits: { memory: '64Mi' } } });
      const state = await cluster.deliver(intentFor(namespace, cluster.manifest(object)));
      assert.match(state.failure?.message ?? '', message);
      assert.equal(cluster.failedLine(state), line);
      if (tag === 'crash') assert.match(state.failure?.said ?? '', /Last log line: \S+/);
    });
  }

  it('tells a claim that gets no volume, at the claim’s line, in the words of whoever should give one', async () => {
    const namespace = await cluster.namespace('claim');
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data' },
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'fast',
        resources: { requests: { storage: '1Gi' } },
      },
    };
    const object = deploymentOf('web', 'shop/web:1') as { spec: { template: { spec: object } } };
    const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }];
    Object.assign(object.spec.template.spec, { volumes });
    const state = await cluster.deliver(intentFor(namespace, cluster.manifest(claim, object)));
    assert.match(state.failure?.message ?? '', /^ClaimPending: Pod web-\S+ waits for PersistentVolumeClaim data/);
    assert.match(state.failure?.said ?? '', /storageclass\S* "fast" not found/);
    assert.match(state.failure?.advice ?? '', /Name a StorageClass that the cluster has instead of fast/);
    assert.equal(cluster.failedLine(state), 'claimName: data');

    const set = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db' },
      spec: {
        serviceName: 'db',
        selector: { matchLabels: { app: 'db' } },
        template: { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'db', image: 'shop/db:1' }] } },
        volumeClaimTemplates: [{ metadata: { name: 'rows' }, spec: { ...claim.spec, storageClassName: '' } }],
      },
    };
    const other = await cluster.deliver(intentFor(namespace, cluster.manifest(set)));
    assert.match(other.failure?.message ?? '', /waits for PersistentVolumeClaim rows-db-0, which has no volume/);
    assert.match(other.failure?.said ?? '', /no storage class is set/);
    assert.equal(other.failure?.places[0]?.path?.join('.'), 'spec.volumeClaimTemplates.0.spec');

    const missing = deploymentOf('late', 'shop/web:1') as { spec: { template: { spec: object } } };
    Object.assign(missing.spec.template.spec, {
      volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'none' } }],
    });
    const absent = await cluster.deliver(intentFor(namespace, cluster.manifest(missing)));
    assert.match(absent.failure?.message ?? '', /waits for PersistentVolumeClaim none, which is not there/);
    assert.equal(cluster.failedLine(absent), 'claimName: none');
  });

  it('tells a quota that refuses the pods, in the quota’s own words', async () => {
    const namespace = await cluster.namespace('quota');
    await cluster.controlPlane.kubectl(['create', 'quota', 'small', '--hard=pods=1', '-n', namespace]);
    const state = await cluster.deliver(intentFor(namespace, cluster.manifest(deploymentOf('web', 'shop/web:1'))));
    assert.match(state.failure?.message ?? '', /^QuotaExceeded/);
    assert.match(state.failure?.said ?? '', /exceeded quota: small/);
    assert.equal(cluster.failedLine(state), 'replicas: 2');
  });

  it('shows who owns a field before anything is written, and takes it over only by force', async () => {
    const namespace = await cluster.namespace('conflict');
    const documents = cluster.manifest(deploymentOf('web', 'shop/web:1'));
    assertDone(await cluster.deliver(intentFor(namespace, documents)));
    await cluster.controlPlane.kubectl(['scale', 'deployment/web', '--replicas=3', '-n', namespace]);
    const refused = await cluster.deliver(intentFor(namespace, documents));
    assert.equal(refused.failure?.kind, 'conflict');
    assert.match(refused.failure.message, /kubectl owns \.spec\.replicas/);
    assert.deepEqual(refused.failure.conflicts, [{ owner: 'kubectl', field: '.spec.replicas' }]);
    const seen = await cluster.deliver(intentFor(namespace, documents, { force: true, reviewOnly: true }));
    assert.deepEqual(seen.steps[0]?.reviews[0]?.conflicts, refused.failure.conflicts, 'what force takes over is seen');
    assert.equal((await workload(namespace)).spec?.replicas, 3);
    assert.equal(cluster.failedLine(refused), 'replicas: 2');
    assert.deepEqual(
      refused.steps.map(({ status }) => status),
      ['failed', 'skipped', 'skipped'],
    );
    assert.equal((await workload(namespace)).spec?.replicas, 3);
    assertDone(await cluster.deliver(intentFor(namespace, documents, { force: true })));
    assert.equal((await workload(namespace)).spec?.replicas, 2);
  });

  it('refuses a protected context until its name is given', async () => {
    const namespace = await cluster.namespace('protected');
    const documents = cluster.manifest(deploymentOf('web', 'shop/web:1'));
    const guard = { protectedContexts: ['*admin'] };
    const refused = await cluster.deliver(intentFor(namespace, documents, guard));
    assert.equal(refused.failure?.kind, 'protected');
    await assert.rejects(workload(namespace), (error: Failure) => error.kind === 'not-found');
    const confirmed = { ...guard, confirmedContext: adminContext };
    assertDone(await cluster.deliver(intentFor(namespace, documents, confirmed)));
  });

  it('tells a restricted user what is forbidden, and still lets them watch what they may read', async () => {
    const documents = cluster.manifest(deploymentOf('restricted', 'shop/web:1'));
    const refused = await cluster.deliver(intentFor('default', documents, { context: viewerContext }));
    assert.equal(refused.failure?.kind, 'forbidden');
    assert.match(refused.failure.said, /User "viewer" cannot patch resource "deployments"/);
    assertDone(await cluster.deliver(intentFor('default', documents)));
    const reference = { kind: 'Deployment', namespace: 'default', name: 'restricted' };
    const intent = { context: viewerContext, workload: reference, timeoutMilliseconds: 60_000 };
    const watched = await rollout(intent, cluster.engines(), () => {}, cluster.signal);
    assertDone(watched);
    const cache = new ObjectCache(cluster.viewer, '/api/v1/namespaces', {}, systemClock);
    const stop = new AbortController();
    const running = cache.run(stop.signal);
    while (cache.snapshot().state.kind === 'syncing') await systemClock.sleep(50, cluster.signal);
    const { state } = cache.snapshot();
    assert.equal(state.kind === 'stale' && state.reason.kind, 'forbidden');
    stop.abort();
    await running;
  });

  it('goes on over an API server that is stopped and started in mid-rollout', async function () {
    this.timeout(120_000);
    const namespace = await cluster.namespace('restart');
    const slowly = { metadata: { labels: { app: 'web' }, annotations: { 'slipway.test/ready-after': '8s' } } };
    const documents = cluster.manifest(deploymentOf('web', 'shop/web:1', {}, slowly));
    const connections = new Set<string>();
    let outage: Promise<void> | undefined;
    const state = await cluster.deliver(intentFor(namespace, documents), (event) => {
      if (event.type !== 'rollout') return;
      connections.add(event.sighting.connection.kind);
      if (event.sighting.progress.updated === 2 && !outage) {
        outage = (async () => {
          await cluster.controlPlane.stopApiServer();
          await systemClock.sleep(3_000, cluster.signal);
          await cluster.controlPlane.startApiServer();
        })();
      }
    });
    await outage;
    assert.ok(outage, 'the server was stopped');
    assertDone(state);
    assert.ok(connections.has('stale'), 'the outage was shown');
    assert.equal(state.steps.at(-1)?.rollout?.progress.ready, 2);
  });

  it('goes on over an expired watch', async function () {
    this.timeout(120_000);
    const namespace = await cluster.namespace('expired');
    const slowly = { metadata: { labels: { app: 'web' }, annotations: { 'slipway.test/ready-after': '8s' } } };
    const documents = cluster.manifest(deploymentOf('web', 'shop/web:1', {}, slowly));
    let compaction: Promise<void> | undefined;
    const state = await cluster.deliver(intentFor(namespace, documents), (event) => {
      if (event.type === 'rollout' && event.sighting.progress.updated === 2) {
        compaction ??= cluster.controlPlane.compactEtcd();
      }
    });
    await compaction;
    assert.ok(compaction);
    assertDone(state);
  });

  it('goes on when the token is changed in the kubeconfig in mid-rollout', async () => {
    const namespace = await cluster.namespace('token');
    const { kubectl } = cluster.controlPlane;
    const tokenOf = async (name: string): Promise<string> => {
      await kubectl(['create', 'serviceaccount', name, '-n', namespace]);
      const binding = ['--clusterrole=edit', `--serviceaccount=${namespace}:${name}`, '-n', namespace];
      await kubectl(['create', 'rolebinding', name, ...binding]);
      return (await kubectl(['create', 'token', name, '-n', namespace])).trim();
    };
    const [first, second] = [await tokenOf('first'), await tokenOf('second')];
    const file = join(cluster.folder, 'token.kubeconfig');
    const admin = parse(await kubectl(['config', 'view', '--raw', '--flatten'])) as Record<string, unknown>;
    const writeToken = (token: string): void =>
      writeFileSync(
        file,
        stringify({
          ...admin,
          users: [{ name: 'robot', user: { token } }],
          contexts: [{ name: 'robot', context: { cluster: 'slipway-test', user: 'robot', namespace } }],
          'current-context': 'robot',
        }),
      );
    writeToken(first);
    const api = new KubernetesApi({ context: 'robot', files: [file], trusted: false });
    const slowly = { metadata: { labels: { app: 'web' }, annotations: { 'slipway.test/ready-after': '16s' } } };
    const documents = cluster.manifest(deploymentOf('web', 'shop/web:1', {}, slowly));
    const events: DeliveryEvent[] = [];
    let change: Promise<unknown> | undefined;
    const state = await cluster.deliver(
      intentFor(namespace, documents, { context: 'robot' }),
      (event) => {
        events.push(event);
        if (event.type === 'rollout' && event.sighting.progress.updated === 2 && !change) {
          change = (async () => {
            await kubectl(['delete', 'serviceaccount', 'first', '-n', namespace]);
            // The API server remembers for ten seconds that a token was good.
            await systemClock.sleep(11_000, cluster.signal);
            api.dispose();
            await systemClock.sleep(1_500, cluster.signal);
            writeToken(second);
          })();
        }
      },
      { cluster: () => api },
    );
    await change;
    api.dispose();
    assertDone(state);
    const refused = events.some(
      (event) =>
        event.type === 'rollout' &&
        event.sighting.connection.kind === 'stale' &&
        event.sighting.connection.reason.kind === 'unauthorised',
    );
    assert.ok(refused, 'the old token was refused meanwhile');
    assert.ok(!JSON.stringify(events).includes(second), 'no token is told');
  });

  it('masks Secrets in the review, and warns of objects that Argo CD or Helm look after', async () => {
    const namespace = await cluster.namespace('review');
    const secret = (password: string, metadata: object = {}) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'db', ...metadata },
      stringData: { password, user: 'shop' },
    });
    const annotations = { 'argocd.argoproj.io/tracking-id': 'shop:/Secret:review/db' };
    assertDone(await cluster.deliver(intentFor(namespace, cluster.manifest(secret('old-s3cret', { annotations })))));
    const events: DeliveryEvent[] = [];
    const documents = cluster.manifest(secret('new-s3cret', { annotations }));
    const state = await cluster.deliver(intentFor(namespace, documents), (event) => events.push(event));
    assertDone(state);
    const review = state.steps[0]?.reviews[0];
    assert.equal(review?.change, 'update');
    assert.match(review?.owner?.warning ?? '', /Argo CD application shop will revert/);
    const shown = JSON.stringify([events, state]);
    for (const value of ['old-s3cret', 'new-s3cret']) {
      assert.ok(!shown.includes(value) && !shown.includes(Buffer.from(value).toString('base64')), value);
    }
    assert.ok(review?.diff?.lines.some((line) => line.startsWith('-  password')));
    assert.ok(!review?.diff?.lines.some((line) => /^[-+] {2}user/.test(line)));
  });

  it('applies a definition, a namespace and their objects in one go, written in any order', async () => {
    const cart: object = {
      apiVersion: 'shop.example.com/v1',
      kind: 'Cart',
      metadata: { name: 'one' },
      spec: { size: 3 },
    };
    const schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
    const definition: object = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'carts.shop.example.com' },
      spec: {
        group: 'shop.example.com',
        scope: 'Namespaced',
        names: { kind: 'Cart', plural: 'carts' },
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
      },
    };
    const namespace: object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'at-once' } };
    const configuration: object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: {} };
    const documents = cluster.manifest(cart, configuration, namespace, definition);
    const state = await cluster.deliver(intentFor('at-once', documents));
    assertDone(state);
    assert.deepEqual(
      state.steps[0]?.reviews.map(({ kind, change }) => `${kind} ${change}`),
      ['CustomResourceDefinition create', 'Namespace create', 'ConfigMap unchecked', 'Cart unchecked'],
    );
    const made = await cluster.admin.get('/apis/shop.example.com/v1/namespaces/at-once/carts/one', cluster.signal);
    assert.deepEqual(made['spec'], { size: 3 });
  });

  it('points to the field that the server finds invalid, and names every refused object', async () => {
    const namespace = await cluster.namespace('invalid');
    const bad = deploymentOf('web', 'shop/web:1', { replicas: -1 });
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { ports: [{ port: 99999 }] },
    };
    const state = await cluster.deliver(intentFor(namespace, cluster.manifest(bad, service)));
    assert.equal(state.failure?.kind, 'invalid');
    assert.match(state.failure.message, /2 objects were refused/);
    assert.match(state.failure.said, /Deployment web: .*spec\.replicas: Invalid value/);
    assert.equal(cluster.failedLine(state), '- port: 99999');
    assert.equal(remains(state), '');
  });

  it('cancelled between two writes says what was applied, and is made whole by the next delivery', async () => {
    const namespace = await cluster.namespace('cancel');
    const configuration = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: {} });
    const documents = cluster.manifest(configuration('a'), configuration('b'), deploymentOf('web', 'shop/web:1'));
    const stop = new AbortController();
    const state = await cluster.deliver(
      intentFor(namespace, documents),
      (event) => event.type === 'applied' && stop.abort(),
      {},
      stop.signal,
    );
    assert.equal(state.status, 'cancelled');
    assert.match(remains(state), /Applied to slipway-admin: ConfigMap cancel\/a\. Not applied: 2 of 3/);
    await assert.rejects(workload(namespace), (error: Failure) => error.kind === 'not-found');
    assertDone(await cluster.deliver(intentFor(namespace, documents)));
  });

  describe('of other kinds', () => {
    const template = (name: string, tag: string) => ({
      metadata: { labels: { app: name } },
      spec: { terminationGracePeriodSeconds: 1, containers: [{ name: 'web', image: `shop/web:${tag}` }] },
    });

    it('StatefulSet: rolls out, fails with a reason, and is taken back', async () => {
      const namespace = await cluster.namespace('stateful');
      const set = (tag: string) => ({
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: { name: 'web' },
        spec: {
          replicas: 2,
          serviceName: 'web',
          selector: { matchLabels: { app: 'web' } },
          template: template('web', tag),
        },
      });
      assertDone(await cluster.deliver(intentFor(namespace, cluster.manifest(set('1')))));
      const second = await cluster.deliver(intentFor(namespace, cluster.manifest(set('2'))));
      assertDone(second);
      assert.equal(second.steps.at(-1)?.rollout?.progress.revision, 2);
      const broken = await cluster.deliver(intentFor(namespace, cluster.manifest(set('3-bad-pull'))));
      assert.match(broken.failure?.message ?? '', /^ErrImagePull/);
      assert.equal(cluster.failedLine(broken), 'image: shop/web:3-bad-pull');
      const reference = { kind: 'StatefulSet', namespace, name: 'web' };
      const intent = { context: adminContext, workload: reference, timeoutMilliseconds: 60_000, undo: {} };
      const undoing = rollout(intent, cluster.engines(), () => {}, cluster.signal);
      // A StatefulSet waits for its broken pod for ever; it has to be deleted by hand, as the documentation says.
      await systemClock.sleep(1_000, cluster.signal);
      await cluster.controlPlane.kubectl(['delete', 'pod', 'web-1', '-n', namespace, '--ignore-not-found']);
      assertDone(await undoing);
      const live = (await cluster.admin.get(
        `/apis/apps/v1/namespaces/${namespace}/statefulsets/web`,
        cluster.signal,
      )) as Workload;
      assert.equal(live.spec?.template?.spec.containers[0]?.image, 'shop/web:2');
    });

    it('DaemonSet: rolls out on every node and is taken back', async () => {
      const namespace = await cluster.namespace('daemon');
      const set = (tag: string) => ({
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: 'web' },
        spec: {
          selector: { matchLabels: { app: 'web' } },
          updateStrategy: { rollingUpdate: { maxUnavailable: 2 } },
          template: template('web', tag),
        },
      });
      assertDone(await cluster.deliver(intentFor(namespace, cluster.manifest(set('1')))));
      const second = await cluster.deliver(intentFor(namespace, cluster.manifest(set('2'))));
      assertDone(second);
      const progress = second.steps.at(-1)?.rollout?.progress;
      assert.deepEqual([progress?.desired, progress?.ready, progress?.old, progress?.revision], [2, 2, 0, 2]);
      const reference = { kind: 'DaemonSet', namespace, name: 'web' };
      const intent = {
        context: adminContext,
        workload: reference,
        timeoutMilliseconds: 60_000,
        undo: { toRevision: 1 },
      };
      const undone = await rollout(intent, cluster.engines(), () => {}, cluster.signal);
      assertDone(undone);
      assert.deepEqual(undone.steps.at(-1)?.rollout?.progress.images, ['shop/web:1']);
    });

    it('Job: runs to its completion, and fails with the code of its pod', async () => {
      const namespace = await cluster.namespace('job');
      const job = (name: string, tag: string, spec: object = {}) => {
        const { metadata, spec: pod } = template(name, tag);
        const restartPolicy = 'Never';
        return {
          apiVersion: 'batch/v1',
          kind: 'Job',
          metadata: { name },
          spec: { ...spec, template: { metadata, spec: { ...pod, restartPolicy } } },
        };
      };
      assertDone(await cluster.deliver(intentFor(namespace, cluster.manifest(job('good', '1')))));
      const late = job('late', '1-never-ready', { activeDeadlineSeconds: 2 });
      const failed = await cluster.deliver(intentFor(namespace, cluster.manifest(late)));
      assert.match(failed.failure?.message ?? '', /^JobFailed/);
      assert.match(failed.failure?.said ?? '', /active longer than specified deadline/);
    });
  });

  it('keeps a cache of many objects with one list and one watch', async () => {
    const namespace = await cluster.namespace('many');
    const configuration = (index: number): KubeObject => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `c${index}`, namespace },
    });
    const collection = `/api/v1/namespaces/${namespace}/configmaps`;
    for (let start = 0; start < 600; start += 50) {
      const batch = Array.from({ length: 50 }, (_, index) => configuration(start + index));
      await Promise.all(batch.map((object) => cluster.admin.create(collection, object, cluster.signal)));
    }
    const cache = new ObjectCache(cluster.admin, collection, {}, systemClock);
    const stop = new AbortController();
    const running = cache.run(stop.signal);
    const until = async (count: number): Promise<void> => {
      while (cache.snapshot().objects.length !== count) await systemClock.sleep(50, cluster.signal);
    };
    await until(601);
    await cluster.admin.create(collection, configuration(600), cluster.signal);
    await until(602);
    await cluster.admin.delete(`${collection}/c0`, {}, cluster.signal);
    await until(601);
    assert.equal(cache.snapshot().state.kind, 'live');
    stop.abort();
    await running;
  });
});
