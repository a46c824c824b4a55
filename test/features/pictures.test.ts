import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { drawPicture } from '../../server/src/features/pictures/drawPicture.ts';
import { mermaidSource } from '../../server/src/features/pictures/mermaidSource.ts';
import { pictureSketch } from '../../server/src/features/pictures/pictureSketch.ts';
import { readWorkspace } from '../../server/src/host/workspaceFiles.ts';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { PATTERNS, PICTURES } from '../../server/src/patterns/registry.generated.ts';
import type { Picture } from '../../server/src/rules/picture.ts';
import { type Snapshot, World } from '../../server/src/workspace/world.ts';
import { exampleSnapshot } from '../catalog/exampleWorkspace.ts';

const SHOP = fileURLToPath(new URL('../../examples/shop', import.meta.url));

/** The pictures of one pattern in a workspace, by the names of its uses. */
function pictures(snapshot: Snapshot, id: string): Map<string, Picture> {
  const pattern = PATTERNS.find((candidate) => candidate.id === id)!;
  const { graph } = snapshot;
  return new Map(
    [...pattern.recognize(graph)].map((instance) => [
      instance.name,
      drawPicture(pattern, instance, graph, PICTURES[id]),
    ]),
  );
}

function sketch(text: string, id: string): string {
  const [picture] = pictures(exampleSnapshot([{ name: 'cart.yaml', text }]), id).values();
  assert.ok(picture, `${id} is not recognised`);
  return pictureSketch(picture);
}

const BREAKER = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart }
spec:
  host: cart
  trafficPolicy:
    connectionPool: { tcp: { maxConnections: 10 } }
    outlierDetection: { consecutive5xxErrors: 7, interval: 15s, baseEjectionTime: 1m }
`;

const ROLLOUT = `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: cart }
spec:
  strategy:
    canary:
      steps:
        - setWeight: 5
        - pause: { duration: 10m }
        - setWeight: 50
        - pause: {}
`;

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: cart }
spec:
  replicas: 2
  strategy:
    rollingUpdate: { maxSurge: 1, maxUnavailable: 0 }
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: web, image: cart }] }
`;

const ROUTE = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart }
spec:
  hosts: [cart]
  http:
    - timeout: 5s
      retries: { attempts: 2, perTryTimeout: 1500ms }
      route:
        - { destination: { host: cart, subset: v1 }, weight: 95 }
        - { destination: { host: cart, subset: v2 }, weight: 5 }
`;

describe('pictures', () => {
  it('show the states of a circuit breaker with its numbers', () => {
    const drawn = sketch(BREAKER, 'circuit-breaker');
    assert.match(drawn, /\[Closed, .*─ 7 errors in a row, looked at every 15 s ─▶ \[Open.*10 %.*─ after 60 s/);
    assert.match(drawn, /\[Half-open, .*success ─▶ \[Closed/);
  });

  it('show the steps of a Rollout with its pauses', () => {
    assert.equal(
      sketch(ROLLOUT, 'canary'),
      '[0 %, stable version] ──▶ [5 %, new version] ─ pause 10m ─▶ [50 %, new version] ─ pause until promoted ─▶ [100 %, new version]',
    );
  });

  it('play a rolling update pod by pod, and say that nobody asks whether they are ready', () => {
    assert.deepEqual(sketch(DEPLOYMENT, 'rolling').split('\n'), [
      '[2 pods, old version] ─ surge 1, unavailable 0 ─▶ [2 old, 0 new, 1 starting] ─ ready ─▶ [1 old, 1 new, 1 starting] ─ ready ─▶ [0 old, 2 new, 0 starting] ─ ready ─▶ [2 pods, new version]',
      '[No readiness probe, starting counts as ready] (missing)',
    ]);
  });

  it('show the shares of a canary, and who is missing behind them', () => {
    assert.deepEqual(sketch(ROUTE, 'canary').split('\n'), [
      '[VirtualService cart] ─ 95 % ─▶ [cart, subset v1, stable version] ╌╌▶ [No stable workload] (missing)',
      '[VirtualService cart] ─ 5 % ─▶ [cart, subset v2, canary version] ╌╌▶ [No canary workload] (missing)',
    ]);
  });

  it('show the tries of a call and the time that each may take', () => {
    assert.equal(
      sketch(ROUTE, 'retry'),
      '[Try, at most 1.5 s] ─ fails, about 25 ms ─▶ [Retry 1, at most 1.5 s] ─ fails, about 50 ms ─▶ [Retry 2, at most 1.5 s] ╌ fails ╌▶ [The caller gets the failure, or after 5 s in all]',
    );
    assert.match(sketch(ROUTE, 'timeout'), /^\[Caller, waits at most 5 s\] ─ 5 s ─▶ \[VirtualService cart\]/);
  });

  it('show the states of a saga with what undoes them', () => {
    const text = `resource "aws_sfn_state_machine" "order" {
  name     = "order"
  role_arn = "arn:aws:iam::123456789012:role/order"
  definition = jsonencode({
    StartAt = "Reserve"
    States = {
      Reserve = { Type = "Task", Resource = "arn:aws:states:::lambda:invoke", TimeoutSeconds = 30, Next = "Charge" }
      Charge = {
        Type     = "Task"
        Resource = "arn:aws:states:::lambda:invoke"
        Retry    = [{ ErrorEquals = ["States.Timeout"], MaxAttempts = 2 }]
        Catch    = [{ ErrorEquals = ["States.ALL"], Next = "Release" }]
        End      = true
      }
      Release = { Type = "Task", Resource = "arn:aws:states:::lambda:invoke", Next = "Failed" }
      Failed  = { Type = "Fail" }
    }
  })
}
`;
    const [picture] = pictures(exampleSnapshot([{ name: 'main.tf', text }]), 'saga').values();
    assert.equal(
      pictureSketch(picture!),
      '[Reserve, at most 30 s] ──▶ [Charge, 2 retries] ╌ fails ╌▶ [Release, compensation] ──▶ [Failed, Fail]',
    );
  });

  it('fall back to the participants where a template writes the numbers', () => {
    const chart = [
      { name: 'chart/Chart.yaml', text: 'apiVersion: v2\nname: cart\nversion: 1.0.0\n' },
      {
        name: 'chart/templates/rule.yaml',
        text: BREAKER.replace('interval: 15s', 'interval: "{{ .Values.interval }}"'),
      },
    ];
    const [picture] = pictures(exampleSnapshot(chart), 'circuit-breaker').values();
    assert.match(pictureSketch(picture!), /outlier detection/);
  });

  it('show every use of every pattern in the shop, with places that are there and arrows that lead somewhere', async () => {
    const world = new World(LANGUAGES);
    const changes = [];
    for await (const found of readWorkspace(SHOP, (uri) => world.isOfInterest(uri)))
      if ('text' in found) changes.push(found);
    world.apply(changes);
    const snapshot = world.snapshot();
    for (const { id } of PATTERNS) {
      const drawn = pictures(snapshot, id);
      for (const [name, { edges, nodes }] of drawn) {
        const where = `${id}: ${name}`;
        const ids = nodes.map((node) => node.id);
        assert.equal(new Set(ids).size, ids.length, `${where} has two boxes of one id`);
        assert.ok(nodes.length > 0, `${where} is empty`);
        for (const { from, to } of edges)
          assert.ok(ids.includes(from) && ids.includes(to), `${where}: ${from} → ${to}`);
        for (const { at, text, tone } of nodes) {
          assert.doesNotMatch(text, /undefined|NaN|\[object/, where);
          if (at) assert.ok(at.span.end <= readFileSync(new URL(at.source.uri), 'utf8').length, where);
          else
            assert.ok(
              tone === 'missing' || /^(?:Users|and \d+ more|No )/.test(text),
              `${where}: '${text}' leads nowhere`,
            );
        }
      }
    }
  });

  it('are drawn as text, whatever the names hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 4 }), (texts) => {
        const nodes = texts.map((text, index) => ({ id: `n${index}`, text }));
        const edges = texts.slice(1).map((text, index) => ({ from: `n${index}`, to: `n${index + 1}`, text }));
        const lines = mermaidSource({ direction: 'right', nodes, edges }).trimEnd().split('\n');
        assert.equal(lines.length, 1 + nodes.length + edges.length);
        for (const line of lines.slice(1)) {
          const inner = /^ {2}n\d(?:\["([^"]*)"\]| -->\|"([^"]*)"\| n\d)$/.exec(line);
          assert.ok(inner, line);
          const words = (inner[1] ?? inner[2] ?? '').replaceAll('<br/>', '').replaceAll(/#\d+;/g, '');
          assert.match(words, /^[\p{L}\p{N} .,:/%+=()×→≤≥…–-]*$/u, line);
        }
      }),
    );
  });
});
