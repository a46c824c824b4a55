import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type ApplicationPipeline, pipelineOf } from '../../server/src/features/pipeline.ts';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { World } from '../../server/src/workspace/world.ts';

const ROOT = 'file:///shop/';
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers:
        - { name: orders, image: registry.example.com/shop/orders:1.0.0 }
`;
const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: orders }
spec:
  selector: { app: orders }
  ports: [{ port: 80 }]
`;

function applications(
  files: Readonly<Record<string, string>>,
  otherFiles: Readonly<Record<string, string>> = {},
): ApplicationPipeline[] {
  const world = new World(LANGUAGES);
  world.apply(Object.entries(files).map(([name, text]) => ({ uri: ROOT + name, text })));
  return pipelineOf({
    graph: world.snapshot().graph,
    recognized: [],
    otherFiles: new Map(Object.entries(otherFiles).map(([name, text]) => [ROOT + name, text])),
    findingsOf: () => [],
  });
}

const states = ({ stages }: ApplicationPipeline): string[] => stages.map(({ id, state }) => `${id} ${state}`);

describe('the pipeline of an application', () => {
  it('finds each stage with its evidence', () => {
    const [orders] = applications(
      { 'orders/Dockerfile': 'FROM a AS b\nFROM scratch\n', 'deploy/d.yaml': DEPLOYMENT, 'deploy/s.yaml': SERVICE },
      { 'orders/pom.xml': '<artifactId>spring-boot-starter-web</artifactId>', 'orders/.dockerignore': 'target\n' },
    );
    assert.ok(orders);
    assert.deepEqual(states(orders), [
      'develop found',
      'build found',
      'containerize found',
      'push found',
      'deploy found',
      'integrate missing',
    ]);
    assert.deepEqual(
      orders.stages.map(({ evidence }) => evidence.map(({ text }) => text)),
      [
        ['Spring Boot (Java), from pom.xml'],
        ['mvn verify'],
        ['Dockerfile with 2 stages'],
        ['registry.example.com/shop/orders:1.0.0'],
        ['Deployment orders', 'Service orders'],
        [],
      ],
    );
    assert.deepEqual(orders.stages[2]?.missing, ['container tests (container-structure-test.yaml)']);
  });

  it('says what is missing where nothing deploys the image', () => {
    const [lonely] = applications({ 'lonely/Dockerfile': 'FROM scratch\n', 'deploy/d.yaml': DEPLOYMENT });
    assert.deepEqual(lonely?.stages[4], {
      id: 'deploy',
      title: 'Kubernetes deployment',
      state: 'missing',
      evidence: [],
      missing: ['a workload that runs lonely'],
    });
  });

  it('takes the Dockerfile that is shipped for its folder, and does not mistake a namesake of another word', () => {
    const found = applications({
      'orders/Dockerfile.dev': 'FROM scratch\n',
      'orders/Dockerfile': 'FROM scratch\n',
      'deploy/d.yaml': DEPLOYMENT.replace('shop/orders:', 'shop/orders-worker:'),
    });
    assert.deepEqual(
      found.map(({ dockerfile }) => dockerfile.uri),
      [`${ROOT}orders/Dockerfile`],
    );
    assert.deepEqual(found[0]?.images, []);
  });
});
