import assert from 'node:assert/strict';
import { pattern } from '../../../server/src/patterns/sync-rest/pattern.ts';
import { exampleSnapshot, findingsOf } from '../../catalog/exampleWorkspace.ts';

const DOCKERFILE = {
  name: 'orders/Dockerfile',
  text: 'FROM eclipse-temurin:21.0.5_11-jre\nUSER 10001\nENTRYPOINT ["java", "-jar", "/app.jar"]\n',
};
const POM = {
  name: 'orders/pom.xml',
  text: '<project><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.5.0</version></parent><artifactId>orders</artifactId></project>\n',
};

function settings(url: string) {
  return { name: 'orders/src/main/resources/application.yaml', text: `shop:\n  catalog:\n    url: ${url}\n` };
}

function manifests(env = '') {
  return {
    name: 'deploy/shop.yaml',
    text: `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers:
        - name: orders
          image: registry.example.com/shop/orders:1.0.0
          ports: [{ containerPort: 8080 }]
${env}---
apiVersion: v1
kind: Service
metadata: { name: catalog, namespace: shop }
spec:
  selector: { app: catalog }
  ports: [{ port: 8080 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: catalog, namespace: shop }
spec:
  template:
    metadata: { labels: { app: catalog } }
`,
  };
}

describe('addresses in the settings of a Spring application', () => {
  const found = (url: string, env?: string) => {
    const snapshot = exampleSnapshot([DOCKERFILE, POM, settings(url), manifests(env)]);
    return findingsOf(snapshot, 'strict').flatMap(({ rule, finding }) =>
      rule.id.startsWith('sync-rest/') ? `${rule.id} ${finding.at.source.slice(finding.at.span)}` : [],
    );
  };

  it('name a Service and a port that exist', () => {
    assert.deepEqual(found('http://catalog:8080'), []);
    assert.deepEqual(found('http://catalog:80'), ['sync-rest/callee-port-unknown 80']);
    assert.deepEqual(found('http://catalogue:8080'), ['sync-rest/callee-unknown catalogue']);
    assert.deepEqual(found('"${CATALOG:http://localhost:9090}"'), ['sync-rest/localhost-callee localhost']);
  });

  it('count no longer where the Deployment overrides them', () => {
    const env = '          env: [{ name: SHOP_CATALOG_URL, value: "http://catalog:8080" }]\n';
    assert.deepEqual(found('http://catalogue:80', env), []);
  });

  it('make a use of the pattern, with the line of the file', () => {
    const { graph } = exampleSnapshot([DOCKERFILE, POM, settings('http://catalog:8080'), manifests()]);
    assert.deepEqual(
      [...pattern.recognize(graph)].map(({ name, participants, missing }) => [
        name,
        participants.map(({ role, at }) => [role, at.source.uri.split('/').at(-1)]),
        missing,
      ]),
      [
        [
          'orders → catalog',
          [
            ['caller', 'shop.yaml'],
            ['address', 'application.yaml'],
            ['service', 'shop.yaml'],
            ['callee', 'shop.yaml'],
          ],
          [],
        ],
      ],
    );
  });
});
