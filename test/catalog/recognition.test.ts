import assert from 'node:assert/strict';
import { PATTERNS } from '../../server/src/patterns/registry.generated.ts';
import type { PatternInstance } from '../../server/src/rules/pattern.ts';
import { exampleSnapshot } from './exampleWorkspace.ts';
import type { ExampleFile } from './readReadme.ts';

const CHART = { name: 'chart/Chart.yaml', text: 'apiVersion: v2\nname: cart\nversion: 1.0.0\n' };

/** A workload and what belongs to it, with every name and label written by `name` (a template or a plain name). */
function files(name: string, folder: string): ExampleFile[] {
  const named = (apiVersion: string, kind: string, rest: string) =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: shop\n${rest}`;
  const route = (subset: string, weight: number) =>
    `        - destination: { host: ${name}, subset: ${subset}, port: { number: 80 } }\n          weight: ${weight}\n`;
  const documents = {
    autoscaler: named(
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      `spec:\n  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} }\n  minReplicas: 2\n  maxReplicas: 4\n`,
    ),
    policy: named(
      'networking.istio.io/v1',
      'DestinationRule',
      `spec:\n  host: ${name}\n  trafficPolicy:\n    connectionPool: { tcp: { maxConnections: 10 } }\n    outlierDetection: { consecutive5xxErrors: 5 }\n  subsets:\n    - name: v1\n      labels: { version: v1 }\n    - name: v2\n      labels: { version: v2 }\n`,
    ),
    route: named(
      'networking.istio.io/v1',
      'VirtualService',
      `spec:\n  hosts: ["${name.startsWith('{') ? 'cart.example.com' : name}"]\n  http:\n    - route:\n${route('v1', 95)}${route('v2', 5)}`,
    ),
  };
  return Object.entries(documents).map(([file, text]) => ({ name: `${folder}${file}.yaml`, text }));
}

/** A Service and the Deployment behind it. */
function version(name: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  selector: { app: ${name} }\n  ports:\n    - port: 80\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  template:\n    metadata:\n      labels: { app: ${name} }\n`;
}

function recognised(workspace: readonly ExampleFile[], pattern: string): PatternInstance[] {
  const { graph } = exampleSnapshot(workspace);
  return [...PATTERNS.find(({ id }) => id === pattern)!.recognize(graph)];
}

describe('recognition', () => {
  for (const [pattern, kind, missing] of [
    ['hpa', 'HorizontalPodAutoscaler', ['workload']],
    ['circuit-breaker', 'DestinationRule', ['workload']],
    ['service-mesh', 'VirtualService', ['service', 'workload']],
    ['canary', 'VirtualService', ['stable', 'canary']],
  ] as const) {
    describe(pattern, () => {
      it('misses nothing where a template writes the names, and is called after the chart', () => {
        const chart = [CHART, ...files('{{ include "cart.name" . }}', 'chart/templates/')];
        assert.deepEqual(
          recognised(chart, pattern).map((instance) => [instance.name, instance.missing]),
          [[`${kind} of cart`, []]],
        );
      });

      it('misses what plain names do not lead to', () => {
        const instances = recognised(files('cart', ''), pattern);
        assert.deepEqual(
          instances.map((instance) => [instance.name, instance.missing]),
          [['cart', missing]],
        );
      });
    });
  }

  it('tells the objects of one chart apart by their files', () => {
    const [autoscaler] = files('{{ .Values.cart.name }}', 'chart/templates/');
    const chart = [CHART, autoscaler!, { ...autoscaler!, name: 'chart/templates/worker.yaml' }];
    assert.deepEqual(
      recognised(chart, 'hpa').map(({ name }) => name),
      ['HorizontalPodAutoscaler of cart (autoscaler.yaml)', 'HorizontalPodAutoscaler of cart (worker.yaml)'],
    );
  });

  it('tells the overlays of one base apart by their folders', () => {
    const autoscaler = { ...files('cart', 'base/')[0]!, name: 'base/autoscaler.yaml' };
    const kustomization = (folder: string, resource: string) => ({
      name: `${folder}/kustomization.yaml`,
      text: `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${resource}]\n`,
    });
    const overlays = ['staging', 'production'].map((name) => kustomization(`overlays/${name}`, '../../base'));
    assert.deepEqual(
      recognised([autoscaler, kustomization('base', 'autoscaler.yaml'), ...overlays], 'hpa').map(({ name }) => name),
      ['cart (staging)', 'cart (production)'],
    );
    assert.deepEqual(
      recognised([autoscaler, kustomization('base', 'autoscaler.yaml')], 'hpa').map(({ name }) => name),
      ['cart'],
    );
  });

  it('leaves a Dockerfile be whose image a template may name', () => {
    const dockerfile = { name: 'cart/Dockerfile', text: 'FROM busybox:1.36\nUSER 10001\nCMD ["httpd", "-f"]\n' };
    const deployment = (image: string) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: cart\nspec:\n  template:\n    spec:\n      containers:\n        - name: cart\n          image: ${image}\n`;
    const missing = (image: string) =>
      recognised([dockerfile, CHART, { name: 'chart/templates/cart.yaml', text: deployment(image) }], 'pipeline').map(
        (instance) => instance.missing,
      );
    assert.deepEqual(missing('{{ .Values.image }}'), [[]]);
    assert.deepEqual(missing('docker.io/library/busybox:1.36'), [['workload']]);
  });

  it('takes the weighted backends of an HTTPRoute for a canary', () => {
    const route = (canary: string) =>
      `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: cart\nspec:\n  rules:\n    - backendRefs:\n        - { name: ${canary}, port: 80, weight: 10 }\n        - { name: cart-stable, port: 80, weight: 90 }\n`;
    const roles = (canary: string) =>
      recognised(
        [{ name: 'cart.yaml', text: [route(canary), version('cart-stable'), version('cart-next')].join('---\n') }],
        'canary',
      ).map(({ participants, missing }) => [
        participants.map(({ role, resource }) => `${role} ${resource.name}`),
        missing,
      ]);
    assert.deepEqual(roles('cart-next'), [[['route cart', 'stable cart-stable', 'canary cart-next'], []]]);
    assert.deepEqual(roles('cart-nxt'), [[['route cart', 'stable cart-stable'], ['canary']]]);
  });

  it('takes two Services of one route for a canary without subsets', () => {
    const route =
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: cart\nspec:\n  hosts: [cart]\n  http:\n    - route:\n        - destination: { host: cart-stable }\n          weight: 90\n        - destination: { host: cart-next }\n          weight: 10\n';
    const [instance] = recognised(
      [{ name: 'cart.yaml', text: `${route}---\n${version('cart-stable')}---\n${version('cart-next')}` }],
      'canary',
    );
    assert.deepEqual(instance?.missing, []);
    assert.deepEqual(
      instance?.participants.map(({ role, resource }) => `${role} ${resource.name}`),
      ['route cart', 'stable cart-stable', 'canary cart-next'],
    );
  });

  it('takes empty resources for none', () => {
    const pod = (resources: string) => ({
      name: 'cart.yaml',
      text: `apiVersion: v1\nkind: Pod\nmetadata:\n  name: cart\nspec:\n  containers:\n    - name: cart\n      image: cart\n      resources: ${resources}\n`,
    });
    assert.deepEqual(recognised([pod('{}')], 'requests-limits'), []);
    assert.deepEqual(
      recognised([pod('{ limits: { memory: 64Mi } }')], 'requests-limits').map(({ missing }) => missing),
      [['requests']],
    );
  });
});
