import type { KubeEvent } from '../../client/src/cluster/kubeEvent.ts';
import type { KubeObject } from '../../client/src/cluster/kubeObject.ts';
import type { ContainerStatus, Pod } from '../../client/src/cluster/pod.ts';
import type { Workload } from '../../client/src/cluster/workload.ts';

/** Objects of a small shop, as an API server would give them. Every part can be overridden. */

export const cartContainer = {
  name: 'cart',
  image: 'registry.example.com/shop/cart:2',
  env: [
    { name: 'MODE', value: 'shop' },
    { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
  ],
  envFrom: [{ configMapRef: { name: 'cart-settings' } }],
  resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '64Mi' } },
  readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
};

export function deployment(spec: object = {}, status: object = {}, metadata: object = {}): Workload {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'cart',
      namespace: 'shop',
      uid: 'uid-cart',
      generation: 2,
      annotations: { 'deployment.kubernetes.io/revision': '2' },
      ...metadata,
    },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'cart' } },
      template: {
        metadata: { labels: { app: 'cart' } },
        spec: { containers: [cartContainer], volumes: [{ name: 'config', configMap: { name: 'cart-files' } }] },
      },
      ...spec,
    },
    status: {
      observedGeneration: 2,
      replicas: 2,
      updatedReplicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      ...status,
    },
  };
}

export function replicaSet(revision: number, image = `registry.example.com/shop/cart:${revision}`): KubeObject {
  const hash = `hash${revision}`;
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `cart-${hash}`,
      namespace: 'shop',
      uid: `uid-rs-${revision}`,
      labels: { app: 'cart', 'pod-template-hash': hash },
      annotations: { 'deployment.kubernetes.io/revision': String(revision) },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart', uid: 'uid-cart', controller: true }],
    },
    spec: {
      template: {
        metadata: { labels: { app: 'cart', 'pod-template-hash': hash } },
        spec: { containers: [{ ...cartContainer, image }] },
      },
    },
  };
}

export function pod(
  name: string,
  revision: number,
  container: Partial<ContainerStatus> = {},
  more: { status?: object; metadata?: object } = {},
): Pod {
  const status: ContainerStatus = { name: 'cart', ready: true, restartCount: 0, state: { running: {} }, ...container };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      creationTimestamp: '2025-12-31T23:59:00Z',
      labels: { app: 'cart', 'pod-template-hash': `hash${revision}` },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: `cart-hash${revision}`,
          uid: `uid-rs-${revision}`,
          controller: true,
        },
      ],
      ...more.metadata,
    },
    spec: { containers: [cartContainer] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: status.ready ? 'True' : 'False' }],
      containerStatuses: [status],
      ...more.status,
    },
  };
}

export function warning(about: KubeObject, reason: string, message: string, more: Partial<KubeEvent> = {}): KubeEvent {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${about.metadata.name}.${reason}`, namespace: 'shop' },
    type: 'Warning',
    reason,
    message,
    involvedObject: {
      kind: about.kind,
      name: about.metadata.name,
      namespace: 'shop',
      ...(about.metadata.uid === undefined ? {} : { uid: about.metadata.uid }),
      ...(about.kind === 'Pod' ? { fieldPath: 'spec.containers{cart}' } : {}),
    },
    lastTimestamp: '2025-12-31T23:59:30Z',
    firstTimestamp: '2025-12-31T23:59:30Z',
    ...more,
  };
}
