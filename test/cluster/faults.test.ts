import assert from 'node:assert/strict';
import { systemClock } from '../../client/src/adapters/clock.ts';
import type { KubeApi } from '../../client/src/cluster/kubeApi.ts';
import type { KubeObject } from '../../client/src/cluster/kubeObject.ts';
import type { DeliveryEvent } from '../../client/src/delivery/deliveryEvent.ts';
import type { DeliveryState } from '../../client/src/delivery/deliveryState.ts';
import type { Engines } from '../../client/src/delivery/engines.ts';
import { startControlPlane } from '../environment/controlPlane/controlPlane.ts';
import { needTier } from '../environment/needTier.ts';
import { adminContext, deploymentOf, TestCluster } from './testCluster.ts';

/** A moment of a delivery at which the fault strikes. */
type Moment = 'before the first write' | 'during the first write' | 'after the first write' | 'in mid-rollout';

const MOMENTS: readonly Moment[] = [
  'before the first write',
  'during the first write',
  'after the first write',
  'in mid-rollout',
];

describe('A delivery that meets a fault', function () {
  this.timeout(300_000);
  let cluster: TestCluster;
  let unbroken: readonly object[];

  before(async function () {
    this.timeout(1_200_000);
    await needTier(this, 'kubernetes');
    cluster = new TestCluster(await startControlPlane({ nodes: 2 }));
    const namespace = await cluster.namespace('unbroken');
    assertDone(await deliver(namespace));
    unbroken = await stateOf(namespace);
  });

  after(async () => {
    cluster?.dispose();
    await cluster?.controlPlane.stop();
  });

  const assertDone = (state: DeliveryState): void => assert.equal(state.status, 'done', JSON.stringify(state.failure));

  /** A delivery with something of every stage, kept as a set; its pods need a while. */
  const deliver = (
    namespace: string,
    watch: (event: DeliveryEvent, state: DeliveryState) => void = () => {},
    more: Partial<Engines> = {},
    signal: AbortSignal = cluster.signal,
  ): Promise<DeliveryState> => {
    const slowly = { metadata: { labels: { app: 'web' }, annotations: { 'slipway.test/ready-after': '4s' } } };
    const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { colour: 'blue' } };
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' }, stringData: { password: 'sesame' } };
    const selector = { app: 'web' };
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { selector, ports: [{ port: 80 }] },
    };
    const deploy = {
      context: adminContext,
      namespace,
      documents: cluster.manifest(deploymentOf('web', 'shop/web:1', {}, slowly), service, secret, settings),
      set: { name: 'shop', namespace, prune: true },
      watch: { timeoutMilliseconds: 200_000, undoOnFailure: false },
    };
    return cluster.deliver({ deploy }, watch, more, signal);
  };

  /** What a person would find in the namespace: every object without what differs between any two runs. */
  const stateOf = async (namespace: string): Promise<object[]> => {
    const kinds = ['configmaps', 'secrets', 'services', 'deployments', 'replicasets', 'pods'].join(',');
    const list = JSON.parse(
      await cluster.controlPlane.kubectl(['get', kinds, '-n', namespace, '-o', 'json', '--show-managed-fields']),
    ) as { items: KubeObject[] };
    return list.items
      .filter(({ metadata }) => metadata.name !== 'kube-root-ca.crt')
      .map((object) => comparable(object, namespace));
  };

  const fails = {
    'stopped and started again': async () => {
      await cluster.controlPlane.stopApiServer();
      await systemClock.sleep(2_500, cluster.signal);
      await cluster.controlPlane.startApiServer();
    },
    'restarted with an expired history (410)': () => cluster.controlPlane.compactEtcd(),
  };

  for (const [fault, strike] of Object.entries(fails)) {
    for (const moment of MOMENTS) {
      it(`the API server ${fault} ${moment}: ends as without it`, async () => {
        const namespace = await cluster.namespace(
          `${fault.slice(0, 7).replaceAll(' ', '')}-${moment.replaceAll(' ', '-')}`,
        );
        let struck: Promise<void> | undefined;
        const once = (): void => {
          struck ??= strike();
        };
        const more: Partial<Engines> = {
          approve: async () => {
            if (moment === 'before the first write') once();
            return true;
          },
          ...(moment === 'during the first write' ? { cluster: () => strikingInWrite(cluster.admin, once) } : {}),
        };
        const state = await deliver(
          namespace,
          (event) => {
            if (moment === 'after the first write' && event.type === 'applied') once();
            if (moment === 'in mid-rollout' && event.type === 'rollout' && event.sighting.progress.updated > 0) once();
          },
          more,
        );
        await struck;
        assert.ok(struck, 'the fault struck');
        assertDone(state);
        assert.deepEqual(await stateOf(namespace), unbroken);
      });
    }
  }

  it('cancelled while the server is away says what was written, and the next delivery ends as an unbroken one', async () => {
    const namespace = await cluster.namespace('cancelled-away');
    const stop = new AbortController();
    let stopped: Promise<void> | undefined;
    const state = await deliver(
      namespace,
      (event) => {
        if (event.type === 'applied') stopped ??= cluster.controlPlane.stopApiServer();
        if (event.type === 'notice' && /does not answer\. It is waited for/.test(event.text)) stop.abort();
      },
      {},
      stop.signal,
    );
    await stopped;
    await cluster.controlPlane.startApiServer();
    assert.equal(state.status, 'cancelled');
    assert.match(
      state.steps.flatMap(({ remains }) => remains).join(),
      /Applied to slipway-admin: .*Not applied: [123] of 4/,
    );
    assertDone(await deliver(namespace));
    assert.deepEqual(await stateOf(namespace), unbroken);
  });
});

/** The API of a cluster that is struck when the first write has been sent and is not answered yet. */
function strikingInWrite(api: KubeApi, strike: () => void): KubeApi {
  return new Proxy(api, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      if (name !== 'apply') return member.bind(target);
      return (...args: Parameters<KubeApi['apply']>) => {
        const answer = target.apply(...args);
        if (!args[2].dryRun) strike();
        return answer;
      };
    },
  });
}

/** Names that the cluster makes up, and values that differ between any two runs, replaced by what they are. */
function comparable(object: KubeObject, namespace: string): object {
  const { metadata } = object;
  const managers = ((metadata.managedFields ?? []) as { manager?: string; operation?: string }[])
    .map(({ manager, operation }) => `${manager} ${operation}`)
    .filter((text) => text.startsWith('slipway'))
    .sort();
  const { status, spec, data } = object as KubeObject & {
    status?: { readyReplicas?: number; phase?: string };
    spec?: Record<string, unknown>;
    data?: unknown;
  };
  const { clusterIP: _ip, clusterIPs: _ips, nodeName: _node, volumes: _volumes, ...rest } = spec ?? {};
  const made = object.kind === 'Pod' || object.kind === 'ReplicaSet';
  const text = JSON.stringify({
    kind: object.kind,
    name: made ? metadata.name.replace(/-[a-z0-9]+$/, '').replace(/^web-[a-z0-9]+$/, 'web') : metadata.name,
    labels: metadata.labels,
    annotations: metadata.annotations,
    generation: metadata.generation,
    managers,
    spec: object.kind === 'Pod' ? (rest['containers'] as { image: string }[]).map(({ image }) => image) : rest,
    data,
    status: [status?.readyReplicas, status?.phase],
  });
  return JSON.parse(
    text
      .replaceAll(namespace, 'NAMESPACE')
      .replace(/"pod-template-hash":"[^"]*"/g, '"pod-template-hash":"HASH"')
      .replace(/"applyset-[\w-]+-v1"/g, '"APPLYSET"'),
  ) as object;
}
