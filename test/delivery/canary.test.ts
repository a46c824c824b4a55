import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { KubeObject } from '../../client/src/cluster/kubeObject.ts';
import { parseManifest } from '../../client/src/delivery/manifest.ts';
import { manifestEdits, withReplacements } from '../../client/src/delivery/manifestEdit.ts';
import {
  canariesOf,
  canaryBetween,
  turned,
  weightChanges,
  weightPatch,
} from '../../client/src/delivery/progressive/canary.ts';
import {
  afterCanaryInput,
  type CanaryInput,
  type CanaryState,
  canaryAt,
  isOver,
  nextStep,
} from '../../client/src/delivery/progressive/canaryState.ts';
import { measureVersion } from '../../client/src/delivery/progressive/measureVersion.ts';
import { type AnalysisVerdict, compareVersions } from '../../client/src/delivery/progressive/versionAnalysis.ts';

const plan = { steps: [5, 10, 25, 50, 100], stepMilliseconds: 1000 };
const passed: AnalysisVerdict = { result: 'passed', reason: 'good' };
const unknown: AnalysisVerdict = { result: 'unknown', reason: 'nothing known' };
const breached: AnalysisVerdict = { result: 'breached', reason: 'too many errors' };

const shopFile = 'examples/shop/deploy/catalog/virtual-service.yaml';
const shopText = readFileSync(shopFile, 'utf8');
const virtualService = (text = shopText): KubeObject => parseManifest('v.yaml', text)[0]!.object;

function routed(...routes: [host: string, subset: string | undefined, weight: number | undefined][][]): KubeObject {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'cart', resourceVersion: '7' },
    spec: {
      http: routes.map((route) => ({
        route: route.map(([host, subset, weight]) => ({
          destination: { host, ...(subset ? { subset } : {}) },
          ...(weight === undefined ? {} : { weight }),
        })),
      })),
    },
  };
}

describe('the canary of a VirtualService', () => {
  it('is the pair of versions that routes divide between, and leaves the routes of testers alone', () => {
    const [canary, ...more] = canariesOf(virtualService());
    assert.deepEqual(more, []);
    assert.equal(canary?.canary.subset, 'v2');
    assert.equal(canary.percent, 5);
    assert.deepEqual(
      canary.routes.map(({ path }) => path.join('.')),
      ['spec.http.1.route', 'spec.http.2.route'],
    );
  });

  it('is found whichever way round it is written, and turned on request', () => {
    const both = routed([
      ['cart', 'v10', 20],
      ['cart', 'v9', 80],
    ]);
    const [canary] = canariesOf(both);
    assert.equal(canary?.canary.subset, 'v10');
    assert.equal(canary.percent, 20);
    assert.equal(turned(canary).percent, 80);
    const back = canaryBetween(both, { host: 'cart', subset: 'v10' }, { host: 'cart', subset: 'v9' });
    assert.equal(back?.percent, 80);
  });

  it('is named by its name, by its number, then by its weight', () => {
    const canaryOf = (...route: [string, string | undefined, number][]) => canariesOf(routed(route))[0]?.canary;
    assert.equal(canaryOf(['cart-canary', undefined, 90], ['cart', undefined, 10])?.host, 'cart-canary');
    assert.equal(canaryOf(['cart', 'blue', 10], ['cart', 'green', 90])?.subset, 'blue');
    assert.equal(canaryOf(['cart', 'old', 50], ['cart', 'new', 50])?.subset, 'new');
  });

  it('has no share where its routes disagree, and is not seen in routes to one or three', () => {
    const apart = routed(
      [
        ['c', 'v1', 90],
        ['c', 'v2', 10],
      ],
      [
        ['c', 'v2', 20],
        ['c', 'v1', 80],
      ],
    );
    assert.equal(canariesOf(apart)[0]?.percent, undefined);
    assert.deepEqual(
      canariesOf(apart)[0]?.routes.map(({ percent }) => percent),
      [10, 20],
    );
    assert.deepEqual(
      canariesOf(
        routed(
          [['c', 'v1', 100]],
          [
            ['c', 'v1', 1],
            ['c', 'v2', 1],
            ['c', 'v3', 1],
          ],
        ),
      ),
      [],
    );
    assert.deepEqual(canariesOf({ ...routed(), spec: null } as KubeObject), []);
    assert.deepEqual(canariesOf({ ...routed(), spec: { http: [null, { route: [null, 3] }] } } as KubeObject), []);
  });

  it('is patched on all routes together, on the state that was read', () => {
    const object = routed([
      ['c', 'v1', 95],
      ['c', 'v2', 5],
    ]);
    assert.deepEqual(weightPatch(object, canariesOf(object)[0]!, 25), [
      { op: 'test', path: '/metadata/resourceVersion', value: '7' },
      { op: 'add', path: '/spec/http/0/route/0/weight', value: 75 },
      { op: 'add', path: '/spec/http/0/route/1/weight', value: 25 },
    ]);
  });

  it('is edited in its file without touching anything else', () => {
    const edited = withReplacements(
      shopText,
      manifestEdits(shopText, weightChanges(canariesOf(virtualService())[0]!, 0, 25)),
    );
    assert.equal(edited, shopText.replaceAll('weight: 95', 'weight: 75').replaceAll('weight: 5\n', 'weight: 25\n'));
    assert.equal(canariesOf(virtualService(edited))[0]?.percent, 25);
  });

  it('gets weights where the file has none, in blocks and in flow, behind comments and with CRLF', () => {
    const text = [
      'apiVersion: networking.istio.io/v1',
      'kind: VirtualService',
      'metadata: { name: cart }',
      'spec:',
      '  http:',
      '    - route:',
      '        - destination:',
      '            host: cart',
      '            subset: v1 # what runs',
      '        - { destination: { host: cart, subset: v2 }, weight: 0 }',
      '    - route: [ { destination: { host: cart, subset: v1 } }, { weight: "0", destination: { host: cart, subset: v2 } } ]',
      '',
    ].join('\r\n');
    const edited = withReplacements(
      text,
      manifestEdits(text, weightChanges(canariesOf(virtualService(text))[0]!, 0, 10)),
    );
    assert.match(edited, /subset: v1 # what runs\r\n {10}weight: 90\r\n/);
    assert.match(edited, /subset: v2 }, weight: 10 }/);
    assert.match(edited, /subset: v1 }, weight: 90 }/);
    assert.equal(canariesOf(virtualService(edited))[0]?.percent, 10);
    assert.equal(edited.replace(/[^\n]/g, '').length, text.replace(/[^\n]/g, '').length + 1);
  });

  it('is not edited where a template or an anchor makes the weight', () => {
    const templated = shopText.replace('weight: 95', 'weight: "{{ .Values.stable }}"');
    assert.throws(
      () => manifestEdits(templated, [{ documentIndex: 0, path: ['spec', 'http', 1, 'route', 0, 'weight'], value: 1 }]),
      /a template makes it/,
    );
    assert.throws(
      () => manifestEdits('a: &x {b: 1}\nc: *x\n', [{ documentIndex: 0, path: ['c', 'b'], value: 2 }]),
      /not written there/,
    );
  });
});

describe('the canary of a route of the Gateway API', () => {
  const text = [
    'apiVersion: gateway.networking.k8s.io/v1',
    'kind: HTTPRoute',
    'metadata: { name: cart, resourceVersion: "7" }',
    'spec:',
    '  rules:',
    '    - matches: [{ headers: [{ name: x-version, value: v2 }] }]',
    '      backendRefs: [{ name: cart-v2, port: 80 }]',
    '    - backendRefs:',
    '        - { name: cart-v1, port: 80, weight: 9 } # what runs',
    '        - name: cart-v2',
    '          port: 80',
    '',
  ].join('\n');
  const read = (changed = text): KubeObject => parseManifest('r.yaml', changed)[0]!.object;

  it('is the pair of Services, whose shares are parts of the sum of the weights', () => {
    const [canary, ...more] = canariesOf(read());
    assert.deepEqual(more, []);
    assert.deepEqual([canary?.stable, canary?.canary, canary?.percent], [{ host: 'cart-v1' }, { host: 'cart-v2' }, 10]);
    assert.deepEqual(weightPatch(read(), canary!, 25), [
      { op: 'test', path: '/metadata/resourceVersion', value: '7' },
      { op: 'add', path: '/spec/rules/1/backendRefs/0/weight', value: 75 },
      { op: 'add', path: '/spec/rules/1/backendRefs/1/weight', value: 25 },
    ]);
    const elsewhere = read(text.replace('name: cart-v1,', 'name: cart-v1, namespace: shop,'));
    assert.deepEqual(canariesOf(elsewhere)[0]?.stable, { host: 'cart-v1.shop' });
  });

  it('gets its share in the file, beside the comment', () => {
    const edited = withReplacements(text, manifestEdits(text, weightChanges(canariesOf(read())[0]!, 0, 50)));
    assert.match(edited, /- { name: cart-v1, port: 80, weight: 50 } # what runs\n/);
    assert.match(edited, / {10}port: 80\n {10}weight: 50\n/);
    assert.equal(canariesOf(read(edited))[0]?.percent, 50);
  });

  it('is none between other things than two Services, and never throws', () => {
    for (const changed of [
      text.replace('name: cart-v1,', 'kind: InferencePool, name: cart-v1,'),
      text.replace('name: cart-v1,', 'group: example.com, name: cart-v1,'),
      text.replace('- name: cart-v2', '- name: cart-v1'),
      text.replace('kind: HTTPRoute', 'kind: Gateway'),
    ]) {
      assert.deepEqual(canariesOf(read(changed)), []);
    }
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom('HTTPRoute', 'VirtualService', 'Pod'), (spec, kind) => {
        for (const apiVersion of ['networking.istio.io/v1', 'gateway.networking.k8s.io/v1']) {
          canariesOf({ apiVersion, kind, metadata: { name: 'a' }, spec });
          canariesOf({ apiVersion, kind, metadata: { name: 'a' }, spec: { http: spec, rules: spec } });
        }
      }),
    );
  });
});

describe('the state of a canary', () => {
  const looked = (atMilliseconds: number, verdict: AnalysisVerdict, observed: number | undefined): CanaryInput => ({
    type: 'looked',
    atMilliseconds,
    verdict,
    observed,
  });
  const fed = (state: CanaryState, ...inputs: CanaryInput[]): CanaryState => inputs.reduce(afterCanaryInput, state);

  it('goes 5, 10, 25, 50, 100 while the analysis passes', () => {
    let state = canaryAt(0, plan, 0);
    const shares: number[] = [];
    for (let now = 1000; !isOver(state); now += 1000) {
      state = fed(state, looked(now - 1, passed, state.percent));
      assert.equal(state.pending, undefined, 'not before the time of the step has passed');
      state = fed(state, looked(now, passed, state.percent));
      shares.push(state.pending!);
      state = fed(state, { type: 'written', percent: state.pending!, atMilliseconds: now });
    }
    assert.deepEqual(shares, plan.steps);
    assert.equal(state.phase, 'done');
  });

  it('pauses where nothing is known, and goes on by hand', () => {
    const paused = fed(canaryAt(5, plan, 0), looked(999, unknown, 5), looked(1000, unknown, 5));
    assert.deepEqual([paused.phase, paused.reason, paused.pending], ['paused', 'nothing known', undefined]);
    assert.equal(fed(paused, looked(9000, passed, 5)).pending, undefined, 'a paused canary stays where it is');
    assert.deepEqual(fed(paused, { type: 'promote' }).pending, 10);
    assert.equal(fed(paused, { type: 'resume', atMilliseconds: 9000, observed: 5 }).phase, 'running');
  });

  it('is taken back by a breach, also while it is paused, and tries until that is written', () => {
    for (const state of [canaryAt(25, plan, 0), fed(canaryAt(25, plan, 0), { type: 'pause' })]) {
      const back = fed(state, looked(1, breached, 25));
      assert.deepEqual([back.phase, back.pending, back.reason], ['aborting', 0, 'too many errors']);
      const failed = fed(back, { type: 'write-failed', reason: 'no answer' }, { type: 'promote' });
      assert.deepEqual([failed.phase, failed.pending], ['aborting', 0]);
      const over = fed(failed, { type: 'written', percent: 0, atMilliseconds: 2 });
      assert.deepEqual([over.phase, over.percent], ['aborted', 0]);
    }
  });

  it('leaves weights alone that somebody else changed', () => {
    const elsewhere = fed(canaryAt(10, plan, 0), looked(5000, passed, 50));
    assert.equal(elsewhere.phase, 'paused');
    assert.match(elsewhere.reason, /changed elsewhere: the canary has 50 %/);
    assert.match(fed(canaryAt(10, plan, 0), looked(1, passed, undefined)).reason, /routes disagree/);
  });

  it('knows after a reload that a write whose answer was lost has happened', () => {
    const pending = fed(canaryAt(10, plan, 0), looked(1000, passed, 10));
    const reloaded = JSON.parse(JSON.stringify(pending)) as CanaryState;
    const known = fed(reloaded, looked(5000, unknown, 25));
    assert.deepEqual(
      [known.phase, known.percent, known.pending, known.stepStartedAtMilliseconds],
      ['running', 25, undefined, 5000],
    );
  });

  it('never gives the canary more by itself than a passed analysis allows', () => {
    const verdict = fc.constantFrom(passed, unknown, breached);
    const share = fc.constantFrom(0, 5, 10, 25, 50, 100, 42, undefined);
    const input: fc.Arbitrary<CanaryInput> = fc.oneof(
      fc.record({ type: fc.constant('looked' as const), atMilliseconds: fc.nat(9000), observed: share, verdict }),
      fc.record({
        type: fc.constant('written' as const),
        atMilliseconds: fc.nat(9000),
        percent: fc.constantFrom(0, 5, 10, 25, 50, 100),
      }),
      fc.constant<CanaryInput>({ type: 'write-failed', reason: 'no' }),
      fc.constant<CanaryInput>({ type: 'promote' }),
      fc.constant<CanaryInput>({ type: 'pause' }),
      fc.constant<CanaryInput>({ type: 'abort', reason: 'by hand' }),
      fc.record({ type: fc.constant('resume' as const), atMilliseconds: fc.nat(9000), observed: share }),
    );
    fc.assert(
      fc.property(fc.array(input, { maxLength: 40 }), (inputs) => {
        let state = canaryAt(5, plan, 0);
        for (const one of inputs) {
          const next = afterCanaryInput(state, one);
          if (one.type === 'looked' && one.verdict.result !== 'passed' && next.pending !== state.pending) {
            assert.ok(next.pending === undefined || next.pending === 0);
          }
          if (next.pending !== undefined && next.pending > state.percent) {
            assert.equal(next.pending, nextStep(plan, state.percent));
          }
          if (state.phase === 'aborted') assert.equal(next, state);
          state = next;
        }
      }),
    );
  });
});

describe('the analysis of two versions', () => {
  const names = { stable: 'v1', canary: 'v2' };
  const thresholds = { minimumRequests: 20, errorRatePoints: 1, latencyIncreasePercent: 25 };
  const measured = (requests?: number, failedRequests?: number, latencyMilliseconds?: number) => ({
    requests,
    failedRequests,
    latencyMilliseconds,
  });
  const compare = (stable: ReturnType<typeof measured>, canary: ReturnType<typeof measured>) =>
    compareVersions(stable, canary, names, thresholds);

  it('passes what is as good, and tells the numbers of what is worse', () => {
    assert.equal(compare(measured(1000, 5, 100), measured(50, 0, 110)).result, 'passed');
    const errors = compare(measured(1000, 5, 100), measured(50, 2, 100));
    assert.deepEqual(errors, {
      result: 'breached',
      reason: '4.0 % of the requests to v2 failed, 0.5 % of those to v1.',
    });
    assert.match(compare(measured(1000, 5, 100), measured(50, 0, 200)).reason, /v2 answers in 200 ms .* v1 in 100 ms/);
    assert.equal(compare(measured(1000, 5, 4), measured(50, 0, 10)).result, 'passed', 'nobody feels 6 ms');
  });

  it('does not know where there is too little to know', () => {
    for (const [stable, canary] of [
      [measured(), measured(50, 0, 1)],
      [measured(50, 0, 1), measured()],
      [measured(50, 0, 1), measured(3, 3, 900)],
      [measured(0, 0, 1), measured(50, 0, 1)],
      [measured(50, 0, 1), measured(50, 0, Number.NaN)],
      [measured(50, 0), measured(50, 0, 1)],
      [measured(Number.POSITIVE_INFINITY, 0, 1), measured(50, 0, 1)],
    ] as const) {
      assert.equal(compare(stable, canary).result, 'unknown');
    }
    assert.equal(compare(measured(50, 0), measured(50, 9)).result, 'breached', 'a certain breach counts alone');
  });

  it('asks for each workload of a version by its own name', async () => {
    const asked: string[] = [];
    const source = {
      query: async (expression: string) => {
        asked.push(expression);
        return /grpc_response_status/.test(expression) ? undefined : 3;
      },
    };
    const workloads = { namespace: 'shop', names: ['cart.v2', 'cart-2b'] };
    const measurement = await measureVersion(source, workloads, 300, new AbortController().signal);
    assert.deepEqual(measurement, { requests: 3, failedRequests: 3, latencyMilliseconds: 3 });
    assert.equal(asked.length, 4);
    for (const expression of asked) {
      assert.ok(expression.includes('destination_workload=~"cart\\\\.v2|cart-2b"'), expression);
      assert.match(expression, /destination_workload_namespace="shop"/);
    }
    const none = await measureVersion(source, { namespace: 'shop', names: [] }, 300, new AbortController().signal);
    assert.equal(none.requests, undefined);
  });
});
