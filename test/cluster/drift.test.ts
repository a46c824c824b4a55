import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { type DriftSource, readDriftSource } from '../../client/src/adapters/driftSource.ts';
import { type DriftEntry, driftOf, type WrittenObject } from '../../client/src/cluster/drift.ts';
import type { Failure } from '../../client/src/cluster/failure.ts';
import type { KubeApi } from '../../client/src/cluster/kubeApi.ts';
import { startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { needTier } from '../environment/needTier.ts';
import { toolPath } from '../environment/tools/tools.ts';
import { deploymentOf, TestCluster } from './testCluster.ts';

/** `drifted Deployment web` of each. */
function told(entries: readonly DriftEntry[]): string[] {
  return entries.map(({ group, kind, name }) => `${group} ${kind} ${name}`);
}

describe('Drift on a real API server', function () {
  this.timeout(90_000);
  let cluster: TestCluster;
  let folder: string;

  before(async function () {
    this.timeout(1_200_000);
    await needTier(this, 'kubernetes');
    cluster = new TestCluster(await startControlPlane({ nodes: 0 }));
  });

  after(async () => {
    cluster?.dispose();
    await cluster?.controlPlane.stop();
  });

  beforeEach(() => {
    folder = mkdtempSync(join(cluster.folder, 'workspace-'));
  });

  const write = (path: string, ...objects: readonly (object | string)[]): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    const texts = objects.map((object) => (typeof object === 'string' ? object : stringify(object)));
    writeFileSync(join(folder, path), texts.join('---\n'));
  };
  const settings = (name: string, data: object = {}, metadata: object = {}): object => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...metadata },
    data,
  });
  const apply = (namespace: string, ...objects: object[]): Promise<string> =>
    cluster.controlPlane.kubectl(['-n', namespace, 'apply', '-f', '-'], {
      input: objects.map((object) => stringify(object)).join('---\n'),
    });
  const read = (source: DriftSource, namespace: string, trusted = true): Promise<WrittenObject[]> =>
    readDriftSource(
      source,
      { api: cluster.admin, namespace },
      { environment: process.env, trusted, helm: toolPath('helm') },
      cluster.signal,
    );
  const driftIn = async (namespace: string, source: DriftSource, api: KubeApi = cluster.admin): Promise<DriftEntry[]> =>
    driftOf(api, await read(source, namespace), namespace, cluster.signal);

  it('tells what drifted, is missing, is in no file and is in sync, and writes nothing', async () => {
    const namespace = await cluster.namespace('plain');
    await apply(namespace, deploymentOf('web', 'shop/web:1'), settings('same', { a: '1' }));
    await cluster.controlPlane.kubectl(['-n', namespace, 'scale', 'deployment/web', '--replicas=5']);
    const kept = { 'meta.helm.sh/release-name': 'cache', 'meta.helm.sh/release-namespace': namespace };
    await apply(namespace, settings('left-over'), settings('of-helm', {}, { annotations: kept }));
    await apply(namespace, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'unasked' } });
    write('deploy/all.yaml', deploymentOf('web', 'shop/web:1'), settings('same', { a: '1' }), settings('new'));
    const hook = { annotations: { 'helm.sh/hook': 'pre-install' } };
    write(
      'deploy/more.yaml',
      settings('hook', {}, hook),
      settings('same', { a: '2' }),
      'apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: odd }\n',
    );
    const entries = await driftIn(namespace, { kind: 'folder', path: join(folder, 'deploy') });
    assert.deepEqual(told(entries), [
      'drifted Deployment web',
      'missing ConfigMap new',
      'not in the manifests ConfigMap left-over',
      'not in the manifests ConfigMap of-helm',
      'not known Thing odd',
      'in sync ConfigMap same',
    ]);
    const [web] = entries;
    assert.deepEqual(
      web?.diff?.lines.filter((line) => /^[-+]/.test(line)),
      ['-  replicas: 5', '+  replicas: 2'],
    );
    assert.deepEqual([web?.written?.file, web?.written?.documentIndex], [join(folder, 'deploy/all.yaml'), 0]);
    assert.equal(entries.find(({ name }) => name === 'of-helm')?.note, 'Helm cache looks after it');
    const live = await cluster.admin.get(`/apis/apps/v1/namespaces/${namespace}/deployments/web`, cluster.signal);
    assert.equal((live['spec'] as { replicas: number }).replicas, 5);
  });

  it('is told of an overlay as it is built, and leads to the base', async () => {
    const namespace = await cluster.namespace('overlay');
    write('base/web.yaml', deploymentOf('web', 'shop/web:1'));
    write('base/kustomization.yaml', { resources: ['web.yaml'] });
    write('eu/kustomization.yaml', {
      resources: ['../base'],
      namePrefix: 'eu-',
      images: [{ name: 'shop/web', newTag: '2' }],
    });
    await apply(
      namespace,
      deploymentOf(
        'eu-web',
        'shop/web:1',
        { selector: { matchLabels: { app: 'web' } } },
        { metadata: { labels: { app: 'web' } } },
      ),
    );
    const entries = await driftIn(namespace, { kind: 'folder', path: join(folder, 'eu') });
    assert.deepEqual(told(entries), ['drifted Deployment eu-web']);
    assert.ok(
      entries[0]?.diff?.lines.some((line) => /^\+.*image: shop\/web:2/.test(line)),
      entries[0]?.diff?.after,
    );
    assert.equal(entries[0]?.written?.file, join(folder, 'base/web.yaml'));
  });

  it('is told of a chart as helm renders it with its values for this cluster, and shows no secret', async () => {
    const namespace = await cluster.namespace('chart');
    write('shop/Chart.yaml', 'apiVersion: v2\nname: shop\nversion: 0.1.0\n');
    write('shop/values.yaml', 'password: hunter2\ncolour: blue\n');
    write('shop/eu.yaml', 'colour: green\n');
    const template = (kind: string, fields: string): string =>
      `apiVersion: v1\nkind: ${kind}\nmetadata: { name: "{{ .Release.Name }}" }\n${fields}\n`;
    write('shop/templates/db.yaml', template('Secret', 'stringData: { password: "{{ .Values.password }}" }'));
    write(
      'shop/templates/settings.yaml',
      template(
        'ConfigMap',
        'data: { colour: "{{ .Values.colour }}", apps: "{{ .Capabilities.APIVersions.Has "apps/v1/Deployment" }}" }',
      ),
    );
    await apply(namespace, settings('live', { colour: 'green', apps: 'true' }), {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'live' },
      stringData: { password: 'hunter3' },
    });
    const source: DriftSource = {
      kind: 'chart',
      path: join(folder, 'shop'),
      releaseName: 'live',
      valuesFiles: [join(folder, 'shop/eu.yaml')],
    };
    const entries = await driftIn(namespace, source);
    assert.deepEqual(told(entries), ['drifted Secret live', 'in sync ConfigMap live']);
    assert.equal(entries[0]?.written?.file, join(folder, 'shop/templates/db.yaml'));
    const shown = JSON.stringify({ ...entries[0], written: undefined });
    for (const value of ['hunter2', 'hunter3']) {
      assert.ok(!shown.includes(value) && !shown.includes(Buffer.from(value).toString('base64')), `${value} is shown`);
    }
    const refused = await read(source, namespace, false).then(
      () => assert.fail('helm ran'),
      (error: Failure) => error,
    );
    assert.equal(refused.kind, 'untrusted');
  });

  it('does not know what may not be read, tells the rest, and stops when it is cancelled', async () => {
    write('deploy/all.yaml', settings('mine'), { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' } });
    await apply('default', settings('stranger'));
    const source: DriftSource = { kind: 'folder', path: join(folder, 'deploy') };
    const entries = await driftIn('default', source, cluster.viewer);
    assert.deepEqual(told(entries), [
      'missing ConfigMap mine',
      'not in the manifests ConfigMap stranger',
      'not known Secret db',
      'not known Secret others',
    ]);
    const stop = new AbortController();
    const comparing = driftOf(cluster.admin, await read(source, 'default'), 'default', stop.signal).then(
      () => assert.fail('it was not cancelled'),
      (error: Failure) => error.kind,
    );
    stop.abort();
    assert.equal(await comparing, 'cancelled');
  });
});
