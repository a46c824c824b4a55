import assert from 'node:assert/strict';
import { pattern as bulkhead } from '../../server/src/patterns/bulkhead/pattern.ts';
import { pattern as circuitBreaker } from '../../server/src/patterns/circuit-breaker/pattern.ts';
import { pattern as retry } from '../../server/src/patterns/retry/pattern.ts';
import { resilienceInstances } from '../../server/src/workspace/applications/spring/resilience4j.ts';
import { readSpringDuration } from '../../server/src/workspace/applications/spring/springDuration.ts';
import { deployment, graphOf, pom } from './applicationWorld.ts';

const SETTINGS = `resilience4j:
  circuitbreaker:
    configs:
      default: { sliding-window-size: 20 }
      strict: { slidingWindowSize: 5 }
    instances:
      payments: { base-config: strict, failure-rate-threshold: 40 }
      catalog: { wait-duration-in-open-state: PT5S }
  retry:
    instances:
      payments: { max-attempts: 2 }
  bulkhead:
    instances:
      payments: { max-concurrent-calls: 5 }
`;

const FILES = {
  'orders/pom.xml': pom('io.github.resilience4j:resilience4j-spring-boot3'),
  'orders/src/main/resources/application.yaml': SETTINGS,
  'deploy/orders.yaml': deployment(
    '          env:\n            - { name: PAYMENTS_URL, value: "http://payments:8080" }\n',
  ),
  'deploy/payments.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: { name: payments, namespace: shop }\nspec: { selector: { app: payments } }\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: payments, namespace: shop }\nspec:\n  template:\n    metadata: { labels: { app: payments } }\n    spec:\n      containers: [{ name: a, image: "x/y:1" }]\n',
};

describe('the instances of Resilience4j', () => {
  it('take what their base says, and the default where they name none', () => {
    const [payments, catalog, ...others] = resilienceInstances(graphOf(FILES), 'circuitbreaker');
    assert.deepEqual(others, []);
    assert.equal(payments!.number('sliding-window-size'), 5);
    assert.equal(payments!.number('failure-rate-threshold'), 40);
    assert.equal(payments!.number('minimum-number-of-calls', 100), 100);
    assert.equal(catalog!.number('sliding-window-size'), 20);
    assert.equal(catalog!.milliseconds('wait-duration-in-open-state'), 5000);
  });

  it('are unknown where their base is not known', () => {
    const text = SETTINGS.replace('base-config: strict', 'base-config: "${BASE}"');
    const graph = graphOf({ ...FILES, 'orders/src/main/resources/application.yaml': text });
    const [payments] = resilienceInstances(graph, 'circuitbreaker');
    assert.equal(payments?.number('failure-rate-threshold'), 40);
    assert.equal(payments?.number('sliding-window-size', 100), undefined);
  });

  it('are none in a Job', () => {
    const job = FILES['deploy/orders.yaml'].replace('apps/v1', 'batch/v1').replace('kind: Deployment', 'kind: Job');
    assert.deepEqual(resilienceInstances(graphOf({ ...FILES, 'deploy/orders.yaml': job }), 'retry'), []);
  });
});

describe('patterns of resilience in applications', () => {
  const named = (pattern: typeof retry, files: Readonly<Record<string, string>> = FILES) =>
    [...pattern.recognize(graphOf(files))].map(
      ({ name, participants, missing }) =>
        `${name}: ${participants.map(({ role, resource }) => `${role} ${resource.name ?? ''}`).join(', ')} − ${missing.join()}`,
    );

  it('lead from the instance to the pods that it is for', () => {
    assert.deepEqual(named(circuitBreaker), [
      'payments of orders: breaker resources, pool resources, workload payments − ',
      'catalog of orders: breaker resources − ',
    ]);
    assert.deepEqual(named(retry), ['payments of orders: policy resources, workload payments − ']);
    assert.deepEqual(named(bulkhead), ['payments of orders: limit resources, workload payments − ']);
  });

  it('miss the callee whose Service has no pods', () => {
    const gone = { ...FILES, 'deploy/payments.yaml': FILES['deploy/payments.yaml'].split('---')[0]! };
    assert.deepEqual(named(bulkhead, gone), ['payments of orders: limit resources − workload']);
  });

  it('are known by their libraries in .NET and Rust', () => {
    const files = {
      'pay/Pay.csproj':
        '<Project><ItemGroup><PackageReference Include="Microsoft.Extensions.Http.Resilience" Version="9.0.0"/></ItemGroup></Project>',
      'ship/Cargo.toml': '[package]\nname = "ship"\n[dependencies]\nrecloser = "1"\nbackon = "1"\n',
    };
    assert.deepEqual(named(circuitBreaker, files), [
      'recloser in ship: breaker ship − ',
      'Microsoft.Extensions.Http.Resilience in pay: breaker Pay − ',
    ]);
    assert.deepEqual(named(retry, files), [
      'backon in ship: policy ship − ',
      'Microsoft.Extensions.Http.Resilience in pay: policy Pay − ',
    ]);
  });
});

describe('a time of Spring', () => {
  for (const [text, milliseconds] of [
    ['500', 500],
    ['500ms', 500],
    ['2s', 2000],
    ['1m', 60_000],
    ['PT1.5S', 1500],
    ['PT1M30S', 90_000],
    ['soon', undefined],
    ['P', undefined],
    ['1 s', undefined],
  ] as const) {
    it(`${text} is ${milliseconds ?? 'none'}`, () => assert.equal(readSpringDuration(text), milliseconds));
  }
});
