import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Clock } from '../../client/src/cluster/clock.ts';
import type { KubeObject } from '../../client/src/cluster/kubeObject.ts';
import { ClusterModel } from '../../client/src/cluster/tree/clusterModel.ts';
import type { ClusterNode } from '../../client/src/cluster/tree/clusterNode.ts';
import { MemoryCluster } from '../delivery/memoryCluster.ts';

/** What the cluster view costs over many pods, without the time of the network. */
export interface ClusterTreeRow {
  readonly pods: number;
  readonly firstTreeMilliseconds: number;
  /** The CPU time of one change of one pod, drawing included, while one workload is open. */
  readonly eventMilliseconds: number;
  readonly megabytes: number;
  /** Lists and watches together; there are two for each kind that is shown, the namespaces included. */
  readonly requests: number;
  readonly kinds: number;
}

const clock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    await delay(milliseconds, undefined, { signal }).catch(() => undefined);
  },
};

const PODS_OF_EACH = 10;
const EVENTS = 2_000;

/** Measures the tree over so many pods in Deployments of ten. */
export async function measureClusterTree(pods: number): Promise<ClusterTreeRow> {
  const cluster = new MemoryCluster('bench');
  fill(cluster, pods);
  // Objects come as text from a real server, so that none are shared with it.
  const list = cluster.list.bind(cluster);
  cluster.list = async (...given) => JSON.parse(JSON.stringify(await list(...given)));
  let redraws = 0;
  const model = new ClusterModel({
    clock,
    connect: () => Object.assign(cluster, { dispose: () => undefined }),
    contexts: () => [{ name: 'bench', server: '', namespace: 'shop', current: true, loginAdvice: '' }],
    typedNamespaces: () => [],
    target: () => undefined,
    isProtected: () => false,
    forwards: () => [],
    redraw: () => {
      redraws += 1;
    },
    fault: (error) => {
      throw error;
    },
  });
  const open = async (...labels: string[]): Promise<ClusterNode[]> => {
    let nodes = model.roots();
    for (const label of labels) nodes = await model.open(nodes.find((node) => node.label === label)!.id);
    return nodes;
  };
  const heapBefore = usedMegabytes();
  const started = performance.now();
  const workloads = await open('bench', 'shop', 'Workloads');
  const firstTreeMilliseconds = performance.now() - started;
  await model.open(workloads[0]!.id);
  const megabytes = usedMegabytes() - heapBefore;
  const cpuBefore = process.cpuUsage();
  for (let event = 0; event < EVENTS; event += 1) {
    const name = podName(event % pods);
    cluster.put(`/api/v1/namespaces/shop/pods/${name}`, pod(event % pods, event));
    if (event % 20 === 0) await nextTurn();
  }
  while (redraws === 0) await delay(20);
  await delay(500);
  const { system, user } = process.cpuUsage(cpuBefore);
  const asked = cluster.requests.filter((request) => /^(?:list|watch) /.test(request));
  model.dispose();
  return {
    pods,
    firstTreeMilliseconds,
    eventMilliseconds: (system + user) / 1000 / EVENTS,
    megabytes,
    requests: asked.length,
    kinds: new Set(asked.map((request) => request.split(' ')[1])).size,
  };
}

function fill(cluster: MemoryCluster, pods: number): void {
  cluster.put('/api/v1/namespaces/shop', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
  for (let index = 0; index < pods; index += 1) {
    cluster.put(`/api/v1/namespaces/shop/pods/${podName(index)}`, pod(index, 0));
    if (index % PODS_OF_EACH !== 0) continue;
    const name = deploymentName(index);
    const apps = '/apis/apps/v1/namespaces/shop';
    const metadata = { namespace: 'shop', labels: { app: name } };
    cluster.put(`${apps}/deployments/${name}`, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { ...metadata, name, uid: `uid-${name}` },
      spec: { replicas: PODS_OF_EACH },
      status: { observedGeneration: 1, readyReplicas: PODS_OF_EACH, updatedReplicas: PODS_OF_EACH },
    });
    cluster.put(`${apps}/replicasets/${name}-5d9c`, {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        ...metadata,
        name: `${name}-5d9c`,
        uid: `uid-${name}-5d9c`,
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name, uid: `uid-${name}`, controller: true }],
      },
      spec: { replicas: PODS_OF_EACH },
    });
  }
}

function deploymentName(index: number): string {
  return `service-${String(Math.floor(index / PODS_OF_EACH)).padStart(4, '0')}`;
}

function podName(index: number): string {
  return `${deploymentName(index)}-5d9c-${String(index).padStart(5, '0')}`;
}

/** A pod of the usual size: managed fields and what kubectl keeps included. */
function pod(index: number, restartCount: number): KubeObject {
  const owner = `${deploymentName(index)}-5d9c`;
  const condition = (type: string): object => ({ type, status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: podName(index),
      namespace: 'shop',
      uid: `uid-${podName(index)}`,
      labels: { app: deploymentName(index), 'pod-template-hash': '5d9c' },
      managedFields: Array.from({ length: 40 }, (_, field) => ({ [`f:field-${field}`]: { 'f:value': {} } })),
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: owner, uid: `uid-${owner}`, controller: true },
      ],
    },
    spec: {
      nodeName: `node-${index % 50}`,
      containers: [{ name: 'web', image: 'registry.example.com/shop/web:1', env: [{ name: 'PORT', value: '8080' }] }],
    },
    status: {
      phase: 'Running',
      conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(condition),
      containerStatuses: [{ name: 'web', ready: true, restartCount, state: { running: {} } }],
    },
  };
}

function usedMegabytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
