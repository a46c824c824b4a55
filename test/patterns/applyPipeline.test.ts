import assert from 'node:assert/strict';
import { applyPipeline } from '../../server/src/patterns/pipeline/applyPipeline.ts';
import { EXAMPLE_FOLDER, exampleSnapshot } from '../catalog/exampleWorkspace.ts';

const deployment = (image: string, security = '') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  namespace: shop
spec:
  template:
    metadata:
      labels: { app: cart }
    spec:
      containers:
        - name: web
          image: ${image}
          ports:
            - { name: http, containerPort: 8080 }
            - { name: dns, containerPort: 5353, protocol: UDP }
${security}`;

/** What is created for the Deployment of a manifest, by path. */
function created(manifest: string, text: string): Record<string, string> | undefined {
  const { graph } = exampleSnapshot([{ name: manifest, text }]);
  const change = applyPipeline(graph.all('apps/Deployment')[0]!, graph);
  assert.deepEqual(change?.edits ?? [], []);
  return (
    change && Object.fromEntries(change.creates.map(({ text: made, uri }) => [uri.slice(EXAMPLE_FOLDER.length), made]))
  );
}

describe('a pipeline for a workload', () => {
  it('has its Dockerfile in the folder that bears the name of the image', () => {
    for (const [manifest, dockerfile] of [
      ['cart.yaml', 'basket/Dockerfile'],
      ['deploy/cart.yaml', 'basket/Dockerfile'],
      ['basket/k8s/base/cart.yaml', 'basket/Dockerfile'],
      ['shop/manifests/cart.yaml', 'shop/basket/Dockerfile'],
    ] as const) {
      assert.ok(created(manifest, deployment('registry.example.com/basket:1.0.0'))?.[dockerfile], manifest);
    }
  });

  it('runs as the workload does, and says its ports', () => {
    const security = '          securityContext: { runAsUser: 4711 }\n';
    const text =
      created('cart.yaml', deployment('registry.example.com/cart:1.0.0', security))?.['cart/Dockerfile'] ?? '';
    assert.match(text, /^USER 4711:4711$/m);
    assert.match(text, /^EXPOSE 8080\nEXPOSE 5353\/udp$/m);
    assert.match(text, /^ENTRYPOINT \["\/usr\/local\/bin\/cart"\]$/m);
  });

  it('has a Service where nothing reaches the pods', () => {
    const text = created('cart.yaml', deployment('registry.example.com/cart:1.0.0'))?.['cart-service.yaml'] ?? '';
    const { graph } = exampleSnapshot([{ name: 'service.yaml', text }]);
    const [service] = graph.all('Service');
    assert.equal(service?.namespace, 'shop');
    assert.deepEqual(service.root.find('spec')?.value, {
      selector: { app: 'cart' },
      ports: [
        { name: 'http', port: 80, targetPort: 'http' },
        { name: 'dns', port: 5353, targetPort: 'dns', protocol: 'UDP' },
      ],
    });
  });

  it('is not written for images that others build, or that a template names', () => {
    for (const image of ['redis:8', 'docker.io/library/postgres', '"{{ .Values.image }}"', 'UPPER CASE'])
      assert.equal(created('cart.yaml', deployment(image)), undefined, image);
  });
});
