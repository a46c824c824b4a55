import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { addressesInWords } from '../../server/src/features/hints/addressRanges.ts';
import { manifestHints } from '../../server/src/features/hints/manifestHints.ts';
import { stateOf } from './markedWorkspace.ts';
import { SHOP } from './shopManifests.ts';

/** Each line of a file that has hints, with them in angle brackets where an editor draws them. */
function drawn(name: string, files: Readonly<Record<string, string>> = SHOP): string[] {
  const state = stateOf(name, files);
  const { source } = state.file.parsed;
  const hints = manifestHints(state, { start: 0, end: source.text.length });
  const lines = new Map<number, string>();
  for (const { label, offset } of hints.toReversed()) {
    const line = source.lineAt(offset);
    const { start } = source.lineSpan(line);
    const text = lines.get(line) ?? source.slice(source.lineSpan(line));
    lines.set(line, `${text.slice(0, offset - start)}‹${label}›${text.slice(offset - start)}`);
  }
  return [...lines].sort(([a], [b]) => a - b).map(([, text]) => text.trim());
}

describe('inlay hints of manifests', () => {
  it('say who sets the replicas, what a key holds and where a probe looks, and never a Secret', () => {
    assert.deepEqual(drawn('cart.yaml'), [
      'replicas: 3‹set by HorizontalPodAutoscaler cart to 2–10›',
      'key: mode‹= fast›',
      'httpGet: { path: /ready, port: http‹= 8080› }',
    ]);
  });

  it('say what each selector picks, with the pods that an autoscaler may make of it', () => {
    assert.deepEqual(drawn('cart-support.yaml'), [
      'selector:‹→ Deployment cart (2–10 pods)›',
      '- { name: web, port: 80, targetPort: http‹= 8080› }',
      'selector:‹→ Deployment cart (2–10 pods)›',
    ]);
  });

  it('say the share and subset of a route, its worst case, and the addresses of a block', () => {
    assert.deepEqual(drawn('routes.yaml'), [
      'attempts: 2‹(1 + 2) × 2 s = 6 s, cut off after 5 s›',
      '- destination: { host: cart, subset: v1‹version=v1›, port: { number: 80 } }',
      'weight: 9‹90% to v1›',
      '- destination: { host: cart.shop.svc.cluster.local, subset: v2‹version=v2› }',
      'weight: 1‹10% to v2›',
      'labels: { version: v1 }‹→ Deployment cart (2–10 pods)›',
      'labels: { version: v2 }‹→ no pods here›',
      'podSelector:‹→ Deployment cart (2–10 pods)›',
      '- ipBlock: { cidr: 10.0.0.0/16‹65,536 addresses› }',
    ]);
  });

  it('are only those of the lines that are looked at', () => {
    const state = stateOf('routes.yaml', SHOP);
    const { text } = state.file.parsed.source;
    const rule = { start: text.indexOf('kind: NetworkPolicy'), end: text.length };
    assert.ok(manifestHints(state, rule).every(({ offset }) => offset > rule.start));
  });

  it('say nothing of what a template writes', () => {
    const chart = {
      'chart/Chart.yaml': 'apiVersion: v2\nname: cart\nversion: 1.0.0\n',
      'chart/templates/all.yaml': `apiVersion: v1
kind: Service
metadata:
  name: cart
spec:
  selector: {{ .Values.labels | toJson }}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart }
spec:
  http:
    - retries: { attempts: {{ .Values.attempts }}, perTryTimeout: 2s }
      route:
        - { destination: { host: a }, weight: {{ .Values.weight }} }
        - { destination: { host: b }, weight: 10 }
`,
    };
    assert.deepEqual(drawn('chart/templates/all.yaml', chart), []);
  });

  it('count addresses of either family', () => {
    assert.equal(addressesInWords('10.0.0.0/30'), '4 addresses');
    assert.equal(addressesInWords('fd00::/64'), '2^64 addresses');
    assert.equal(addressesInWords('10.0.0.1/32'), undefined);
    assert.equal(addressesInWords('a/b'), undefined);
    assert.equal(addressesInWords('10.0.0.0/33'), undefined);
  });
});
