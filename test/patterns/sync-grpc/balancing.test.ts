import assert from 'node:assert/strict';
import { pattern } from '../../../server/src/patterns/sync-grpc/pattern.ts';
import { exampleSnapshot, findingsOf } from '../../catalog/exampleWorkspace.ts';

interface Layout {
  readonly namespace?: string;
  readonly service?: string;
  readonly replicas?: string;
  readonly more?: string;
}

/** A gRPC service of three pods that one workload calls, with one thing changed. */
function shop({ namespace = '', service = '', replicas = '  replicas: 3\n', more = '' }: Layout): string {
  return `apiVersion: v1
kind: Namespace
metadata: { name: shop${namespace} }
---
apiVersion: v1
kind: Service
metadata: { name: shipping, namespace: shop }
spec:
  selector: { app: shipping }
${service}  ports:
    - { name: grpc, port: 50051 }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: shipping, namespace: shop }
spec:
${replicas}  template:
    metadata: { labels: { app: shipping } }
    spec:
      containers: [{ name: shipping }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers:
        - name: orders
          env: [{ name: SHIPPING, value: "shipping:50051" }]
${more}`;
}

describe('calls of gRPC over several pods', () => {
  const route =
    '---\napiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: shipping, namespace: shop }\nspec: { host: shipping }\n';
  const scaler =
    '---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: shipping, namespace: shop }\nspec:\n  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: shipping }\n  maxReplicas: 5\n';
  const cases: Readonly<Record<string, readonly [Layout, 'recommended' | 'strict' | undefined]>> = {
    'a plain Service': [{}, 'recommended'],
    'an autoscaler that adds pods': [{ replicas: '', more: scaler }, 'recommended'],
    'a namespace that is kept out of the mesh': [
      { namespace: ', labels: { istio-injection: disabled }' },
      'recommended',
    ],
    'one pod': [{ replicas: '' }, undefined],
    'a headless Service': [{ service: '  clusterIP: None\n' }, undefined],
    'a namespace in the mesh': [{ namespace: ', labels: { istio-injection: enabled }' }, undefined],
    'an ambient namespace': [{ namespace: ', labels: { istio.io/dataplane-mode: ambient }' }, undefined],
    'a namespace in the mesh of Linkerd': [{ namespace: ', annotations: { linkerd.io/inject: enabled }' }, undefined],
    'a DestinationRule': [{ more: route }, undefined],
    'a DestinationRule for something else': [{ more: route.replaceAll('shipping', 'orders') }, 'strict'],
    'an unknown number of pods': [{ replicas: '  replicas: {{ .Values.replicas }}\n' }, undefined],
  };
  for (const [what, [layout, expected]] of Object.entries(cases)) {
    it(`${expected === undefined ? 'say nothing of' : `tell, in the ${expected} profile, of`} ${what}`, () => {
      const isChart = shop(layout).includes('{{');
      const snapshot = exampleSnapshot([
        ...(isChart ? [{ name: 'Chart.yaml', text: 'apiVersion: v2\nname: shop\nversion: 1.0.0\n' }] : []),
        { name: isChart ? 'templates/shop.yaml' : 'shop.yaml', text: shop(layout) },
      ]);
      const found = (['recommended', 'strict'] as const).find((profile) =>
        findingsOf(snapshot, profile).some(({ rule }) => rule.id === 'sync-grpc/connection-pinned'),
      );
      assert.equal(found, expected);
      const [instance] = [...pattern.recognize(snapshot.graph)];
      assert.deepEqual(instance?.missing, expected === 'recommended' ? ['balancing'] : []);
    });
  }
});
