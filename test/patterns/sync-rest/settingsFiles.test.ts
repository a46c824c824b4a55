import assert from 'node:assert/strict';
import { pattern } from '../../../server/src/patterns/sync-rest/pattern.ts';
import { exampleSnapshot } from '../../catalog/exampleWorkspace.ts';

const callee = (name: string, namespace = ', namespace: shop') => `apiVersion: v1
kind: Service
metadata: { name: ${name}${namespace} }
spec:
  selector: { app: ${name} }
  ports: [{ name: http, port: 8080 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}${namespace} }
spec:
  template:
    metadata: { labels: { app: ${name} } }
---
`;
const settings = (name: string, file: string, ...lines: string[]) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: shop }\ndata:\n  ${file}: |\n${lines.map((line) => `    ${line}\n`).join('')}---\n`;
const caller = (name: string, more = '') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: shop }\nspec:\n  template:\n    metadata: { labels: { app: ${name} } }\n    spec:\n      containers: [{ name: main, image: "example/${name}:1.0.0" }]\n${more}---\n`;

function uses(...files: string[]): string[] {
  const named = files.map((text, index) => ({ name: `deploy/${index}.yaml`, text }));
  return [...pattern.recognize(exampleSnapshot(named).graph)].map(
    ({ name, missing, participants }) =>
      `${name} (${participants.map(({ role, at }) => (role === 'address' ? at.source.slice(at.span) : role)).join(', ')}) misses ${missing.join(', ') || 'nothing'}`,
  );
}

describe('addresses in the settings of Spring that a ConfigMap holds', () => {
  const YAML = settings(
    'common',
    'application.yaml',
    '# catalog: { url: http://old.shop:8080 }',
    'catalog:',
    '  url: "http://catalog.shop.svc.cluster.local:8080/v1"',
    'management.zipkin.tracing.endpoint: http://zipkin.shop:9411/api/v2/spans',
  );

  it('are read from YAML, where nobody is known to read it', () => {
    assert.deepEqual(uses(YAML, callee('catalog')), [
      'common → catalog ("http://catalog.shop.svc.cluster.local:8080/v1", service, callee) misses nothing',
    ]);
  });

  it('are read from properties', () => {
    const properties = settings(
      'common',
      'application-production.properties',
      '! catalog.url=http://old:1',
      'catalog.url = http://catalog:8080',
    );
    assert.deepEqual(uses(properties, callee('catalog')), [
      'common → catalog (http://catalog:8080, service, callee) misses nothing',
    ]);
  });

  it('are those of the workload that mounts it, or bears its name', () => {
    const mounting = caller('orders', '      volumes: [{ name: settings, configMap: { name: common } }]\n');
    const own = YAML.replace('name: common', 'name: orders');
    for (const files of [
      [YAML, mounting],
      [own, caller('orders')],
    ])
      assert.deepEqual(uses(...files, callee('catalog')), [
        'orders → catalog (caller, "http://catalog.shop.svc.cluster.local:8080/v1", service, callee) misses nothing',
      ]);
  });

  it('are not read from other files', () => {
    assert.deepEqual(uses(YAML.replace('application.yaml', 'notes.yaml'), callee('catalog')), []);
  });
});

describe('a call between manifests of one folder without a namespace', () => {
  const loader = `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: load }\nspec:\n  template:\n    spec:\n      containers:\n        - name: main\n          env: [{ name: FRONTEND_ADDR, value: "frontend:8080" }]\n`;
  const built = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [frontend.yaml]\n';
  const workspace = (folder: string) => [
    { name: 'deploy/kustomization.yaml', text: built },
    { name: 'deploy/frontend.yaml', text: callee('frontend', '') },
    { name: `${folder}/load.yaml`, text: loader },
  ];
  const names = (folder: string) =>
    [...pattern.recognize(exampleSnapshot(workspace(folder)).graph)].map(({ name, missing }) => [name, ...missing]);

  it('is seen though Kustomize builds one of them only', () => {
    assert.deepEqual(names('deploy'), [['load → frontend']]);
  });

  it('is not guessed between folders', () => {
    assert.deepEqual(names('load'), []);
  });
});
