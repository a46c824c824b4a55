import assert from 'node:assert/strict';
import { documents, recognised } from '../recognised.ts';

const service = (name: string, port = 'http') =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n  selector: { app: ${name} }\n  ports:\n    - { name: ${port}, port: 80 }\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n  selector: { matchLabels: { app: ${name} } }\n  template:\n    metadata:\n      labels: { app: ${name} }\n`;
const route = (name: string, timeout = '3s') =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n  hosts: [${name}]\n  http:\n    - route:\n        - destination: { host: ${name} }\n${timeout === '' ? '' : `      timeout: ${timeout}\n`}`;
const POOL = '    connectionPool: { tcp: { maxConnections: 10 } }\n';
const OUTLIER = '    outlierDetection: { consecutive5xxErrors: 5 }\n';
const policy = (name: string, traffic = POOL + OUTLIER, host = name) =>
  `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n  host: "${host}"\n  trafficPolicy:\n${traffic}`;
const whole = (name: string) => documents(service(name), route(name), policy(name));

/** The incomplete uses of a pattern among three complete Services and what else is there. */
function incomplete(pattern: string, ...others: readonly string[]): string[] {
  const files = { 'mesh.yaml': documents(whole('cart'), whole('orders'), whole('stock'), ...others) };
  return recognised(pattern, files).filter((use) => !use.endsWith('; '));
}

describe('a Service that lacks what every other one in the mesh has', () => {
  it('misses its circuit breaker and its bulkhead', () => {
    const lost = [service('payments'), route('payments')];
    assert.deepEqual(incomplete('circuit-breaker', ...lost), ['payments: workload; breaker, pool']);
    assert.deepEqual(incomplete('bulkhead', ...lost), ['payments: workload; limit']);
  });

  it('misses the part of the policy that is not written', () => {
    const lost = [service('payments'), route('payments'), policy('payments', POOL)];
    assert.deepEqual(incomplete('circuit-breaker', ...lost), ['payments: pool, workload; breaker']);
    assert.deepEqual(incomplete('bulkhead', ...lost), []);
  });

  it('misses its route, and with it the timeout', () => {
    const lost = [service('payments'), policy('payments')];
    assert.deepEqual(incomplete('service-mesh', ...lost), ['payments: policy, service, workload; route']);
    assert.deepEqual(incomplete('timeout', ...lost), ['payments: workload; overall']);
    assert.deepEqual(incomplete('timeout', service('payments'), route('payments', '')), [
      'payments: workload; overall',
    ]);
  });

  it('is no exception where two differ, where only two others agree, or outside the mesh', () => {
    const lost = [service('payments'), policy('payments')];
    assert.deepEqual(incomplete('timeout', ...lost, service('search'), policy('search')), []);
    const few = { 'mesh.yaml': documents(whole('cart'), whole('orders'), ...lost) };
    assert.deepEqual(
      recognised('timeout', few).filter((use) => !use.endsWith('; ')),
      [],
    );
    assert.deepEqual(incomplete('timeout', service('payments')), []);
  });

  it('is no exception where it speaks something else than HTTP, or nobody knows what', () => {
    for (const port of ['redis', 'tcp', 'web']) {
      const lost = [service('payments', port), policy('payments', '    tls: { mode: ISTIO_MUTUAL }\n')];
      for (const pattern of ['timeout', 'service-mesh', 'circuit-breaker', 'bulkhead'])
        assert.deepEqual(incomplete(pattern, ...lost), []);
    }
    assert.equal(incomplete('timeout', service('payments', 'grpc-api'), policy('payments')).length, 1);
  });

  it('may have it from a rule for many hosts', () => {
    const lost = [service('payments'), route('payments')];
    const general = policy('all', POOL + OUTLIER, '*.shop.svc.cluster.local');
    const files = { 'shop/mesh.yaml': documents(whole('cart'), whole('orders'), whole('stock'), ...lost) };
    const ofPayments = (rule: string) =>
      recognised('bulkhead', {
        ...files,
        'base/kustomization.yaml': 'resources: [rule.yaml]\n',
        'base/rule.yaml': rule,
      }).filter((use) => use.startsWith('payments'));
    assert.deepEqual(ofPayments(general), []);
    assert.equal(ofPayments(general.replace('*.shop.', '*.data.')).length, 1);
    assert.deepEqual(
      incomplete('bulkhead', ...lost, general).filter((use) => use.startsWith('payments')),
      [],
    );
  });

  it('may have it from a template', () => {
    const chart = {
      'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
      'chart/templates/mesh.yaml': documents(
        ...['cart', 'orders', 'stock'].map(whole),
        service('payments'),
        route('payments'),
        policy('payments', POOL, '{{ .Values.host }}'),
      ),
    };
    assert.deepEqual(
      recognised('circuit-breaker', chart).filter((use) => use.startsWith('payments:')),
      [],
    );
  });
});
