import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { systemClock } from '../../client/src/adapters/clock.ts';
import { listContexts, loadKubeConfig } from '../../client/src/adapters/kubeConfig.ts';
import { KubernetesApi } from '../../client/src/adapters/kubernetesApi.ts';
import { ClusterModel } from '../../client/src/cluster/tree/clusterModel.ts';
import type { ClusterNode } from '../../client/src/cluster/tree/clusterNode.ts';
import { findNode, lines } from '../clusterView/modelOnMemory.ts';
import { startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { applyCustomResourceDefinitions } from '../environment/crds/customResourceDefinitions.ts';
import { needTier } from '../environment/needTier.ts';
import { runProgram } from '../environment/processes/runProgram.ts';
import { toolPath } from '../environment/tools/tools.ts';
import { adminContext, deploymentOf, TestCluster, viewerContext } from './testCluster.ts';

describe('The cluster view on a real API server', function () {
  this.timeout(90_000);
  let cluster: TestCluster;
  let files: string[];
  const models: ClusterModel[] = [];

  before(async function () {
    this.timeout(1_200_000);
    await needTier(this, 'kubernetes');
    cluster = new TestCluster(await startControlPlane({ nodes: 2, metrics: true }));
    await applyCustomResourceDefinitions(cluster.controlPlane, ['istio', 'argo-cd', 'argo-rollouts', 'gateway-api']);
    files = [cluster.controlPlane.kubeconfig.admin, cluster.controlPlane.kubeconfig.viewer];
  });

  afterEach(() => {
    for (const model of models.splice(0)) model.dispose();
  });

  after(async () => {
    cluster?.dispose();
    await cluster?.controlPlane.stop();
  });

  /** A view as the extension builds it, over these kubeconfigs. */
  function modelOver(kubeconfigs: () => readonly string[], typed: readonly string[] = []): ClusterModel {
    const model = new ClusterModel({
      clock: systemClock,
      connect: (context) => new KubernetesApi({ context, files: kubeconfigs(), trusted: true }),
      contexts: () => listContexts(loadKubeConfig(kubeconfigs())),
      typedNamespaces: () => typed,
      target: () => undefined,
      isProtected: () => false,
      forwards: () => [],
      redraw: () => undefined,
      fault: (error) => {
        throw error;
      },
    });
    models.push(model);
    return model;
  }

  async function open(model: ClusterModel, ...labels: string[]): Promise<ClusterNode[]> {
    let nodes = model.roots();
    for (const label of labels) nodes = await model.open(findNode(nodes, label).id);
    return nodes;
  }

  const apply = async (...objects: object[]): Promise<string> =>
    cluster.controlPlane.kubectl(['apply', '-f', '-'], {
      input: objects.map((object) => stringify(object)).join('---\n'),
    });

  it('shows the contexts of several kubeconfigs, and every heading that the server has', async () => {
    const model = modelOver(() => files);
    assert.deepEqual(
      model.roots().map(({ label }) => label),
      [adminContext, viewerContext],
    );
    const headings = await open(model, adminContext, 'default');
    assert.deepEqual(
      headings.map(({ label }) => label),
      [
        'Workloads',
        'Services',
        'Routes',
        'Istio',
        'Configuration',
        'Storage',
        'Helm Releases',
        'Argo CD Applications',
        'Events',
        'Other Kinds',
      ],
    );
    const whole = await open(model, adminContext, 'Cluster');
    assert.deepEqual(
      whole.map(({ label }) => label),
      ['Nodes', 'Storage', 'Custom Resource Definitions', 'Other Kinds'],
    );
    const nodes = await open(model, adminContext, 'Cluster', 'Nodes');
    assert.deepEqual(
      nodes.map(({ label }) => label),
      ['fake-1', 'fake-2'],
    );
    assert.match(nodes[0]!.description, /^ready, v1\./);
    const definitions = await open(model, adminContext, 'Cluster', 'Custom Resource Definitions');
    assert.match(findNode(definitions, 'virtualservices.networking.istio.io').description, /networking\.istio\.io/);
  });

  it('follows a rollout: pods come, crash and go, and scaling is seen without asking again', async () => {
    const namespace = await cluster.namespace('tree');
    const model = modelOver(() => files);
    await open(model, adminContext, namespace, 'Workloads');
    await apply({ ...deploymentOf('web', 'shop/web:1'), metadata: { name: 'web', namespace } });
    const web = async (): Promise<string> =>
      (await open(model, adminContext, namespace, 'Workloads')).find(({ label }) => label === 'web')?.description ?? '';
    await cluster.until('two ready pods', async () => (await web()) === 'Deployment · 2 of 2 ready');
    const pods = await open(model, adminContext, namespace, 'Workloads', 'web');
    assert.equal(pods.length, 2);
    const containers = await model.open(pods[0]!.id);
    assert.deepEqual(lines(containers), ['web: running']);
    await cluster.controlPlane.kubectl(['-n', namespace, 'scale', 'deployment/web', '--replicas=1']);
    await cluster.until('one pod', async () => (await web()) === 'Deployment · 1 of 1 ready');
    await apply({ ...deploymentOf('web', 'shop/web:2-crash', { replicas: 1 }), metadata: { name: 'web', namespace } });
    await cluster.until('a crash', async () => /CrashLoopBackOff/.test(await web()));
  });

  it('gives a restricted account a useful tree: what may not be read is named with the reason', async () => {
    await apply(
      { ...deploymentOf('web', 'shop/web:1', { replicas: 1 }), metadata: { name: 'web', namespace: 'default' } },
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'db', namespace: 'default' },
        stringData: { password: 'hunter2' },
      },
    );
    const model = modelOver(() => files, ['elsewhere']);
    const namespaces = await open(model, viewerContext);
    assert.deepEqual(
      namespaces.map(({ label }) => label),
      ['Cluster', 'All Namespaces', 'default', 'elsewhere', 'Show another namespace…'],
    );
    await cluster.until('the pod', async () => {
      const workloads = await open(model, viewerContext, 'default', 'Workloads');
      return workloads.some(({ description, label }) => label === 'web' && description === 'Deployment · 1 of 1 ready');
    });
    const workloads = await open(model, viewerContext, 'default', 'Workloads');
    const rollouts = findNode(workloads, 'Rollout');
    assert.equal(rollouts.description, 'not allowed');
    assert.match(rollouts.tooltip, /User "viewer" cannot list resource "rollouts"/);
    assert.equal((await open(model, viewerContext, 'default', 'Workloads', 'web')).length, 1);
    const secrets = await open(model, viewerContext, 'default', 'Configuration', 'Secret');
    assert.deepEqual(lines(secrets), ['Secret: not allowed']);
    const kinds = await open(model, viewerContext, 'default', 'Configuration');
    assert.equal(findNode(kinds, 'Secret').description, 'not allowed');
    assert.equal(findNode(kinds, 'Secret').icon.color, 'disabledForeground');
    assert.deepEqual(lines(await open(model, viewerContext, 'Cluster', 'Nodes')), ['Node: not allowed']);
    const elsewhere = await open(model, viewerContext, 'elsewhere', 'Services');
    assert.deepEqual(lines(elsewhere), ['Service: not allowed']);
  });

  it('never holds the values of Secrets, and tells Helm releases from them', async () => {
    const namespace = await cluster.namespace('releases');
    const chart = join(cluster.folder, 'web');
    await runProgram(toolPath('helm'), ['create', chart], { environment: cluster.controlPlane.environment });
    const install = ['-n', namespace, '--set', 'replicaCount=0', '--set', 'password=hunter2'];
    const environment = cluster.controlPlane.environment;
    await runProgram(toolPath('helm'), ['install', 'web', chart, ...install], { environment });
    await runProgram(toolPath('helm'), ['upgrade', 'web', chart, ...install], { environment });
    const model = modelOver(() => files);
    const releases = await open(model, adminContext, namespace, 'Helm Releases');
    assert.deepEqual(lines(releases), ['web: deployed, revision 2, web-0.1.0']);
    const former = await open(model, adminContext, namespace, 'Helm Releases', 'web');
    assert.deepEqual(lines(former), ['web: superseded, revision 1, web-0.1.0']);
    assert.ok(!JSON.stringify([releases, former]).includes('hunter2'));
  });

  it('shows Istio objects, Argo CD applications and what pods use', async () => {
    const namespace = await cluster.namespace('kinds');
    await apply(
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'VirtualService',
        metadata: { name: 'web', namespace },
        spec: { hosts: ['web'], http: [{ route: [{ destination: { host: 'web' } }] }] },
      },
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: { name: 'shop', namespace },
        spec: { project: 'default', source: { repoURL: 'https://git.example.com/shop' }, destination: {} },
      },
      { ...deploymentOf('web', 'shop/web:1', { replicas: 1 }), metadata: { name: 'web', namespace } },
    );
    const status = { sync: { status: 'OutOfSync' }, health: { status: 'Degraded' } };
    await cluster.admin.patch(
      `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/applications/shop`,
      {
        status: {
          ...status,
          sync: {
            ...status.sync,
            comparedTo: { destination: {}, source: { repoURL: 'https://git.example.com/shop' } },
          },
        },
      },
      { type: 'merge' },
      cluster.signal,
    );
    const model = modelOver(() => files);
    assert.deepEqual(lines(await open(model, adminContext, namespace, 'Istio', 'VirtualService')), ['web: web']);
    const applications = await open(model, adminContext, namespace, 'Argo CD Applications');
    assert.deepEqual(lines(applications), ['shop: OutOfSync, Degraded']);
    await cluster.until('metrics', async () => {
      const fresh = modelOver(() => files);
      await open(fresh, adminContext, namespace, 'Workloads', 'web');
      await systemClock.sleep(700, cluster.signal);
      const [pod] = await open(fresh, adminContext, namespace, 'Workloads', 'web');
      fresh.dispose();
      return /\d+m CPU, \d+ MiB/.test(pod?.description ?? '');
    });
  });

  it('survives a restart of the API server and an expired watch', async () => {
    const namespace = await cluster.namespace('away');
    const model = modelOver(() => files);
    const settings = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace },
      data: { a: '1' },
    };
    await apply(settings);
    const shown = async (): Promise<string[]> =>
      lines(await open(model, adminContext, namespace, 'Configuration', 'ConfigMap'));
    await shown();
    await cluster.controlPlane.stopApiServer();
    await cluster.until('a warning', async () => (await shown()).some((line) => /^Connection lost/.test(line)));
    assert.ok((await shown()).includes('settings: 1 key'), 'what was known is still shown');
    await cluster.controlPlane.startApiServer();
    await cluster.controlPlane.compactEtcd();
    await apply({ ...settings, data: { a: '1', b: '2' } });
    await cluster.until('the change', async () => (await shown()).includes('settings: 2 keys'));
    assert.ok(!(await shown()).some((line) => /^Connection lost/.test(line)));
  });

  it('says what to do about refused credentials, and reads a renewed kubeconfig', async () => {
    const file = join(cluster.folder, 'expired.kubeconfig');
    const write = (token: string): void => {
      const { clusters } = loadKubeConfig(files).config;
      writeFileSync(
        file,
        stringify({
          apiVersion: 'v1',
          kind: 'Config',
          clusters: [
            { name: 'c', cluster: { server: clusters[0]!.server, 'certificate-authority': clusters[0]!.caFile } },
          ],
          users: [
            {
              name: 'u',
              user: {
                exec: {
                  apiVersion: 'client.authentication.k8s.io/v1',
                  command: 'sh',
                  args: [
                    '-c',
                    `echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"${token}"}}'`,
                  ],
                  interactiveMode: 'Never',
                  installHint: 'Ask the platform team for the program.',
                },
              },
            },
          ],
          contexts: [{ name: 'expiring', context: { cluster: 'c', user: 'u' } }],
        }),
      );
    };
    write('no-such-token');
    const model = modelOver(() => [file]);
    const [refusal] = await open(model, 'expiring');
    assert.match(refusal!.label, /does not accept your credentials/);
    assert.match(refusal!.description, /Log in with the program .*then refresh\. Ask the platform team/);
    write(cluster.controlPlane.viewerToken);
    model.retry();
    await cluster.until('the tree', async () =>
      (await open(model, 'expiring')).some(({ label }) => label === 'default'),
    );
  });
});
