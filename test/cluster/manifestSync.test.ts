import assert from 'node:assert/strict';
import { stringify } from 'yaml';
import type { KubeObject } from '../../client/src/cluster/kubeObject.ts';
import { type ManifestSync, manifestSync } from '../../client/src/cluster/manifestSync.ts';
import { startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { needTier } from '../environment/needTier.ts';
import { deploymentOf, TestCluster } from './testCluster.ts';

describe('Manifests compared with a real API server', function () {
  this.timeout(60_000);
  let cluster: TestCluster;
  let namespace: string;

  before(async function () {
    this.timeout(1_200_000);
    await needTier(this, 'kubernetes');
    cluster = new TestCluster(await startControlPlane({ nodes: 0 }));
    namespace = await cluster.namespace('sync');
  });

  after(async () => {
    cluster?.dispose();
    await cluster?.controlPlane.stop();
  });

  const compare = async (object: object, api = cluster.admin, home = namespace): Promise<ManifestSync> =>
    manifestSync(api, await api.discovery(cluster.signal), object as KubeObject, home, cluster.signal);

  it('tells missing, in sync and drifted, whoever applied the manifest, and writes nothing', async () => {
    const web = deploymentOf('web', 'shop/web:1');
    assert.deepEqual(await compare(web), { state: 'missing' });
    await cluster.controlPlane.kubectl(['-n', namespace, 'apply', '-f', '-'], { input: stringify(web) });
    assert.deepEqual(await compare(web), { state: 'in sync' });
    await cluster.controlPlane.kubectl(['-n', namespace, 'scale', 'deployment/web', '--replicas=5']);
    const drifted = await compare(web);
    assert.equal(drifted.state, 'drifted');
    assert.deepEqual(drifted.state === 'drifted' ? drifted.diff.lines.filter((line) => /^[-+]/.test(line)) : [], [
      '-  replicas: 5',
      '+  replicas: 2',
    ]);
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/web`;
    const live = await cluster.admin.get(path, cluster.signal);
    assert.equal((live['spec'] as { replicas: number }).replicas, 5);
    await cluster.controlPlane.kubectl(['-n', namespace, 'label', 'deployment/web', 'team=shop']);
    await cluster.controlPlane.kubectl(['-n', namespace, 'scale', 'deployment/web', '--replicas=2']);
    assert.deepEqual(await compare(web), { state: 'in sync' }, 'what others add is no drift');
  });

  it('masks what drifted in a Secret', async () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' }, stringData: { password: 'hunter2' } };
    await cluster.controlPlane.kubectl(['-n', namespace, 'apply', '-f', '-'], { input: stringify(secret) });
    const changed = await compare({ ...secret, stringData: { password: 'hunter3' } });
    assert.equal(changed.state, 'drifted');
    for (const value of ['hunter2', 'hunter3']) {
      for (const written of [value, Buffer.from(value).toString('base64')]) {
        assert.ok(!JSON.stringify(changed).includes(written), 'a secret is in the diff');
      }
    }
  });

  it('does not know what it may not ask, or what the server does not serve', async () => {
    const unknown = await compare({ apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'thing' } });
    assert.equal(unknown.state, 'unknown');
    const forbidden = await compare(deploymentOf('web', 'shop/web:1'), cluster.viewer);
    assert.equal(forbidden.state, 'unknown');
    assert.match(forbidden.state === 'unknown' ? forbidden.reason : '', /does not allow you/);
  });
});
