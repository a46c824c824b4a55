import assert from 'node:assert/strict';
import { stringify } from 'yaml';
import { type ComparedKind, compareNamespaces } from '../../client/src/cluster/compareNamespaces.ts';
import type { Failure } from '../../client/src/cluster/failure.ts';
import type { KubeApi } from '../../client/src/cluster/kubeApi.ts';
import { startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { applyCustomResourceDefinitions } from '../environment/crds/customResourceDefinitions.ts';
import { needTier } from '../environment/needTier.ts';
import { deploymentOf, TestCluster } from './testCluster.ts';

/** A list of one object of each sort, as one text: `Deployment web: different`. */
function told(kinds: readonly ComparedKind[]): string[] {
  return kinds.flatMap(({ differences, type }) =>
    differences.map(({ name, state }) => `${type.kind} ${name}: ${state}`),
  );
}

describe('Two namespaces compared on a real API server', function () {
  this.timeout(90_000);
  let cluster: TestCluster;

  before(async function () {
    this.timeout(1_200_000);
    await needTier(this, 'kubernetes');
    cluster = new TestCluster(await startControlPlane({ nodes: 2 }));
    await applyCustomResourceDefinitions(cluster.controlPlane, ['gateway-api']);
  });

  after(async () => {
    cluster?.dispose();
    await cluster?.controlPlane.stop();
  });

  const apply = (namespace: string, ...objects: object[]): Promise<string> =>
    cluster.controlPlane.kubectl(['-n', namespace, 'apply', '-f', '-'], {
      input: objects.map((object) => stringify(object)).join('---\n'),
    });
  const compare = (
    left: string,
    right: string,
    api: KubeApi = cluster.admin,
    signal = cluster.signal,
  ): Promise<ComparedKind[]> =>
    compareNamespaces({ api: cluster.admin, namespace: left }, { api, namespace: right }, signal);

  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80 }] },
  };
  const secret = (password: string, name = 'db'): object => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name },
    stringData: { password, user: 'shop' },
  });
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  };
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'migrate' },
    spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'shop/migrate:1' }] } } },
  };
  const route = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'web' },
    spec: { rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] },
  };
  const settings = (colour: string): object => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings' },
    data: { colour },
  });

  it('are the same where only the cluster’s own assignments differ', async () => {
    for (const namespace of ['same-left', 'same-right']) {
      await cluster.namespace(namespace);
      const objects = [
        deploymentOf('web', 'shop/web:1'),
        service,
        secret('sesame'),
        claim,
        job,
        route,
        settings('blue'),
      ];
      await apply(namespace, ...objects);
    }
    const kinds = await compare('same-left', 'same-right');
    assert.deepEqual(told(kinds), []);
    assert.deepEqual(
      kinds.filter(({ same }) => same > 0).map(({ same, type }) => `${same} ${type.kind}`),
      ['1 ConfigMap', '1 Deployment', '1 HTTPRoute', '1 Job', '1 PersistentVolumeClaim', '1 Secret', '1 Service'],
    );
    assert.deepEqual(
      kinds.filter(({ unknown }) => unknown !== undefined),
      [],
    );
  });

  it('tell what is only here, only there and different, each kind by one list, and no value of a Secret', async () => {
    const [left, right] = [await cluster.namespace('left'), await cluster.namespace('right')];
    await apply(left, deploymentOf('web', 'shop/web:1'), settings('blue'), secret('hunter2'), secret('hunter4', 'old'));
    await apply(right, deploymentOf('web', 'shop/web:2'), service, route, secret('hunter3'), settings('blue'));
    const requests: string[] = [];
    const counting = new Proxy(cluster.admin, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          requests.push(`${String(name)} ${typeof args[0] === 'string' ? args[0] : ''}`);
          return Reflect.apply(member, target, args) as unknown;
        };
      },
    });
    const kinds = await compare(left, right, counting);
    assert.deepEqual(told(kinds), [
      'Deployment web: different',
      'HTTPRoute web: only right',
      'Secret db: different',
      'Secret old: only left',
      'Service web: only right',
    ]);
    assert.equal(new Set(requests).size, requests.length, 'nothing is asked for twice');
    assert.ok(
      requests.every((request) => /^(?:list|discovery) /.test(request)),
      'no object is read by itself',
    );
    const [web] = kinds.find(({ type }) => type.kind === 'Deployment')!.differences;
    assert.match(web!.left, /image: shop\/web:1/);
    assert.match(web!.right, /image: shop\/web:2/);
    assert.ok(!web!.left.includes(left) && !web!.left.includes('uid'), web!.left);
    const text = JSON.stringify(kinds);
    for (const value of ['hunter2', 'hunter3', 'hunter4']) {
      assert.ok(!text.includes(value) && !text.includes(Buffer.from(value).toString('base64')), `${value} is shown`);
    }
    const [db] = kinds.find(({ type }) => type.kind === 'Secret')!.differences;
    assert.match(db!.left, /password: •+ \(left\)\n {2}user: •+\n/);
    assert.match(db!.right, /password: •+ \(right\)\n {2}user: •+\n/);
  });

  it('tell the kinds that may not be listed on one side, and the rest', async () => {
    const [left, right] = [await cluster.namespace('seen'), 'default'];
    await apply(left, settings('blue'), secret('sesame'));
    await apply(right, settings('red'), secret('sesame'));
    const kinds = await compare(left, right, cluster.viewer);
    assert.deepEqual(told(kinds), ['ConfigMap settings: different']);
    const secrets = kinds.find(({ type }) => type.kind === 'Secret');
    assert.match(secrets?.unknown ?? '', /slipway-viewer, namespace default: .*does not allow you/);
  });

  it('stop when they are cancelled', async () => {
    const stop = new AbortController();
    const comparing = compare('left', 'right', cluster.admin, stop.signal).then(
      () => assert.fail('it was not cancelled'),
      (error: Failure) => error.kind,
    );
    stop.abort();
    assert.equal(await comparing, 'cancelled');
  });
});
