import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { KubernetesApi } from '../../client/src/adapters/kubernetesApi.ts';
import type { DeliveryState } from '../../client/src/delivery/deliveryState.ts';
import type { DeployIntent } from '../../client/src/delivery/intent.ts';
import { startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { needTier } from '../environment/needTier.ts';
import { deploymentOf, TestCluster } from './testCluster.ts';

describe('A delivery by a ServiceAccount with few rights', function () {
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

  /** The API of a ServiceAccount of the namespace that has a Role with these rules, or the built-in role `edit`. */
  const robot = async (namespace: string, rules: 'edit' | readonly string[][]): Promise<KubernetesApi> => {
    const { kubectl } = cluster.controlPlane;
    await kubectl(['create', 'serviceaccount', 'robot', '-n', namespace]);
    if (rules !== 'edit') {
      const role = {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name: 'robot', namespace },
        rules: rules.map(([groups = '', resources = '', verbs = '']) => ({
          apiGroups: groups.split(','),
          resources: resources.split(','),
          verbs: verbs.split(','),
        })),
      };
      await cluster.admin.create(
        `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/roles`,
        role,
        cluster.signal,
      );
    }
    const role = rules === 'edit' ? '--clusterrole=edit' : '--role=robot';
    await kubectl(['create', 'rolebinding', 'robot', role, `--serviceaccount=${namespace}:robot`, '-n', namespace]);
    const token = (await kubectl(['create', 'token', 'robot', '-n', namespace])).trim();
    const admin = parse(await kubectl(['config', 'view', '--raw', '--flatten'])) as Record<string, unknown>;
    const file = join(cluster.folder, `${namespace}.kubeconfig`);
    const context = { cluster: 'slipway-test', user: 'robot', namespace };
    writeFileSync(
      file,
      stringify({
        ...admin,
        users: [{ name: 'robot', user: { token } }],
        contexts: [{ name: 'robot', context }],
        'current-context': 'robot',
      }),
    );
    return new KubernetesApi({ context: 'robot', files: [file], trusted: false });
  };
  const deliver = async (
    api: KubernetesApi,
    namespace: string,
    objects: object[],
    more: Partial<DeployIntent> = {},
  ): Promise<DeliveryState> => {
    const deploy = {
      context: 'robot',
      namespace,
      documents: cluster.manifest(...objects),
      watch: { timeoutMilliseconds: 60_000, undoOnFailure: true },
      ...more,
    };
    return cluster.deliver({ deploy }, () => {}, { cluster: () => api });
  };
  const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { a: '1' } };

  it('who may edit one namespace deploys, prunes, watches and undoes there', async () => {
    const namespace = await cluster.namespace('few-edit');
    const api = await robot(namespace, 'edit');
    try {
      const set = { name: 'shop', namespace, prune: true };
      const first = await deliver(api, namespace, [settings, deploymentOf('web', 'shop/web:1')], { set });
      assert.equal(first.status, 'done', JSON.stringify(first.failure));
      const failed = await deliver(api, namespace, [settings, deploymentOf('web', 'shop/web:2-bad-pull')], { set });
      assert.match(failed.failure?.message ?? '', /^ErrImagePull/);
      assert.match(failed.steps.flatMap(({ remains }) => remains).join(), /taken back to revision 1 and runs it/);
      const second = await deliver(api, namespace, [deploymentOf('web', 'shop/web:3')], { set });
      assert.equal(second.status, 'done', JSON.stringify(second.failure));
      assert.deepEqual(
        second.steps.at(-1)?.pruned.map(({ name }) => name),
        ['settings'],
      );
    } finally {
      api.dispose();
    }
  });

  it('who may only write Deployments still watches by their status, and is told what is not kept', async () => {
    const namespace = await cluster.namespace('few-deployments');
    const api = await robot(namespace, [['apps', 'deployments', 'get,list,watch,create,patch,update']]);
    try {
      const set = { name: 'shop', namespace, prune: true };
      const state = await deliver(api, namespace, [deploymentOf('web', 'shop/web:1')], { set });
      assert.equal(state.status, 'done', JSON.stringify(state.failure));
      assert.equal(state.steps.find(({ rollout }) => rollout)?.rollout?.progress.ready, 2);
      assert.match(state.steps.flatMap(({ notices }) => notices).join(), /not kept as set shop.*does not allow you/);
    } finally {
      api.dispose();
    }
  });

  it('who may not write an object is refused by the review, with the name of the right, before anything is written', async () => {
    const namespace = await cluster.namespace('few-none');
    const api = await robot(namespace, [['apps', 'deployments', 'get,list,watch,create,patch,update']]);
    try {
      const state = await deliver(api, namespace, [settings, deploymentOf('web', 'shop/web:1')]);
      assert.equal(state.failure?.kind, 'forbidden');
      assert.match(
        state.failure.said,
        /ConfigMap few-none\/settings: .*cannot \w+ resource "configmaps"|ConfigMap settings: .*cannot \w+ resource "configmaps"/,
      );
      assert.equal(state.steps[1]?.status, 'skipped');
      const { items } = await cluster.admin.list(
        `/apis/apps/v1/namespaces/${namespace}/deployments`,
        {},
        cluster.signal,
      );
      assert.deepEqual(items, []);
    } finally {
      api.dispose();
    }
  });

  it('who may not watch the workload is told so, and what goes on', async () => {
    const namespace = await cluster.namespace('few-blind');
    const api = await robot(namespace, [['apps', 'deployments', 'get,create,patch']]);
    try {
      const state = await deliver(api, namespace, [deploymentOf('web', 'shop/web:1')]);
      assert.equal(state.failure?.kind, 'forbidden');
      assert.match(state.failure.message, /Deployment web cannot be watched/);
      assert.deepEqual(state.steps.at(-1)?.remains, [
        `The rollout of Deployment ${namespace}/web goes on in robot unwatched.`,
      ]);
    } finally {
      api.dispose();
    }
  });
});
