import assert from 'node:assert/strict';
import { pattern as retry } from '../../server/src/patterns/retry/pattern.ts';
import { pattern as timeout } from '../../server/src/patterns/timeout/pattern.ts';
import type { Pattern } from '../../server/src/rules/pattern.ts';
import { exampleSnapshot } from './exampleWorkspace.ts';

describe('explanations of retries and timeouts', () => {
  it('count the retries that Istio makes where none are written', () => {
    const text = explain(retry, 'timeout: 5s', 'route');
    assert.match(text ?? '', /2 retries on `connect-failure,refused-stream,unavailable,cancelled`.*25 ms/);
    assert.match(text ?? '', /waits 5 s, which a single slow try can use up/);
  });

  it('say nothing of the default where retries are written', () => {
    assert.equal(explain(retry, 'retries: { attempts: 3 }', 'route'), undefined);
  });

  it('give the worst case with the numbers of the file', () => {
    const route = 'timeout: 10s\n      retries: { attempts: 3, perTryTimeout: 2s }';
    const text = explain(retry, route, 'retries');
    assert.match(text ?? '', /1 try \+ 3 retries: one request reaches the callee up to 4 times/);
    assert.match(text ?? '', /4 × 2 s = 8 s, and the pauses between the tries/);
    assert.match(explain(timeout, route, 'timeout') ?? '', /at most 10 s.*4 tries of 2 s take up to 8 s of it/);
  });

  it('tell when the timeout cuts the tries off', () => {
    const text = explain(retry, 'timeout: 5s\n      retries: { attempts: 4, perTryTimeout: 2s }', 'retries');
    assert.match(text ?? '', /5 × 2 s = 10 s, cut off by the timeout after 5 s/);
  });

  it('explain that 0 attempts switch retries off and a timeout of 0 means none', () => {
    assert.match(explain(retry, 'retries: { attempts: 0 }', 'retries') ?? '', /0 attempts switch retries off/);
    assert.match(explain(timeout, 'timeout: 0s', 'timeout') ?? '', /0 means no limit/);
  });

  it('are silent where a template writes the attempts', () => {
    assert.equal(explain(retry, 'retries: { attempts: "{{ .Values.attempts }}" }', 'retries', true), undefined);
  });
});

/** The pattern's text for a field of the only `http` item of a VirtualService that begins with `route`. */
function explain(pattern: Pattern, route: string, field: string, isTemplate = false): string | undefined {
  const text = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: cart
spec:
  hosts: [cart]
  http:
    - ${route}
      route:
        - destination: { host: cart }
`;
  const chart = { name: 'chart/Chart.yaml', text: 'apiVersion: v2\nname: example\nversion: 1.0.0\n' };
  const { graph } = exampleSnapshot(
    isTemplate ? [chart, { name: 'chart/templates/cart.yaml', text }] : [{ name: 'cart.yaml', text }],
  );
  const [resource] = graph.all('networking.istio.io/VirtualService');
  const node = resource?.root.find('spec', 'http', 0, field);
  assert.ok(resource && node, text);
  const explanation = pattern.explanations?.find(
    ({ path, types }) => types.includes(resource.type) && path.join('.') === `spec.http.*.${field}`,
  );
  assert.ok(explanation, field);
  return explanation.text(node, resource, graph);
}
