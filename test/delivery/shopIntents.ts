import type { KubeObject } from '../../client/src/cluster/kubeObject.ts';
import type { DeliveryIntent, DeployIntent } from '../../client/src/delivery/intent.ts';

// What is shipped in the tests of deliveries: the image of a cart, and its objects.

export const reference = 'localhost:5000/shop/cart:2';
export const document = (object: KubeObject, documentIndex = 0) => ({ file: '/shop/cart.yaml', documentIndex, object });
export const service: KubeObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'cart' },
  spec: { ports: [] },
};
export const namespace: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
export const bareDeployment: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'cart' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'cart' } },
    template: {
      metadata: { labels: { app: 'cart' } },
      spec: { containers: [{ name: 'cart', image: 'registry.example.com/shop/cart:1' }] },
    },
  },
};

export const build = { reference, contextFolder: '/shop', dockerfile: '/shop/Dockerfile', output: 'engine' as const };
export const deploy: DeployIntent = {
  context: 'kind-shop',
  namespace: 'shop',
  documents: [document(bareDeployment, 1), document(service)],
  images: [{ repository: 'registry.example.com/shop/cart', reference, pinDigest: true }],
  watch: { timeoutMilliseconds: 60_000, undoOnFailure: true },
};
export const wholeIntent: DeliveryIntent = { engine: 'memory', build, push: { reference, overwrite: false }, deploy };
