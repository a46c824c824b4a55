import assert from 'node:assert/strict';
import type { KubeObject } from '../../client/src/cluster/kubeObject.ts';
import type { Workload } from '../../client/src/cluster/workload.ts';
import {
  type ArgoRollout,
  type RolloutAct,
  rolloutInWords,
  rolloutPatches,
} from '../../client/src/delivery/progressive/argoRollout.ts';
import {
  colourPairOf,
  preparationPatch,
  switchObstacle,
  switchPatch,
} from '../../client/src/delivery/progressive/blueGreen.ts';

const serviceOf = (selector: Record<string, string>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'cart', resourceVersion: '9' },
  spec: { selector },
});

function coloured(colour: string, status: object = {}, replicas = 2, label = 'shop/slot'): Workload {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `cart-${colour}`, generation: 3, resourceVersion: '4' },
    spec: {
      replicas,
      template: {
        metadata: { labels: { app: 'cart', [label]: colour } },
        spec: {
          containers: [
            { name: 'proxy', image: 'p' },
            { name: 'cart', image: 'shop/cart:1' },
          ],
        },
      },
    },
    status: { observedGeneration: 3, availableReplicas: replicas, updatedReplicas: replicas, ...status },
  };
}

describe('a blue-green pair', () => {
  const service = serviceOf({ app: 'cart', 'shop/slot': 'blue' });
  const pair = (blue = coloured('blue'), green = coloured('green')) => colourPairOf(service, [green, blue])!;

  it('is two Deployments that differ in one label of the selector', () => {
    const found = pair();
    assert.deepEqual([found.label, found.active.value, found.idle.value], ['shop/slot', 'blue', 'green']);
    assert.equal(colourPairOf(service, [coloured('blue')]), undefined, 'one side');
    assert.equal(
      colourPairOf(
        service,
        ['blue', 'green', 'red'].map((colour) => coloured(colour)),
      ),
      undefined,
      'three sides',
    );
    assert.equal(
      colourPairOf(serviceOf({ 'shop/slot': 'blue' }), [coloured('blue'), coloured('green')]),
      undefined,
      'nothing that they share',
    );
    assert.equal(
      colourPairOf(serviceOf({ app: 'other', 'shop/slot': 'blue' }), [coloured('blue'), coloured('green')]),
      undefined,
    );
    assert.equal(
      colourPairOf({ ...service, spec: null } as KubeObject, [coloured('blue'), coloured('green')]),
      undefined,
    );
  });

  it('is switched by one label, whose name is escaped, on the state that was read', () => {
    assert.deepEqual(switchPatch(service, pair()), [
      { op: 'test', path: '/metadata/resourceVersion', value: '9' },
      { op: 'test', path: '/spec/selector/shop~1slot', value: 'blue' },
      { op: 'replace', path: '/spec/selector/shop~1slot', value: 'green' },
    ]);
  });

  it('is not switched to a side that cannot bear the load', () => {
    assert.equal(switchObstacle(pair()), undefined);
    const against = (green: Workload): string => switchObstacle(pair(coloured('blue'), green)) ?? '';
    assert.match(against(coloured('green', { observedGeneration: 2 })), /not rolled out yet/);
    assert.match(against(coloured('green', { availableReplicas: 0 })), /no available pod/);
    assert.match(against(coloured('green', {}, 0)), /no available pod/);
    assert.match(against(coloured('green', { availableReplicas: 1 })), /1 of 2 pods available/);
    assert.match(against(coloured('green', { updatedReplicas: 1 })), /1 up to date/);
    assert.match(against(coloured('green', {}, 1)), /has 1 pods where cart-blue has 2/);
  });

  it('is prepared with the image in the container of the application, and with as many pods', () => {
    assert.deepEqual(preparationPatch(pair(coloured('blue', {}, 5)), 'shop/cart:2').slice(1), [
      { op: 'add', path: '/spec/replicas', value: 5 },
      { op: 'add', path: '/spec/template/spec/containers/1/image', value: 'shop/cart:2' },
    ]);
  });
});

describe('an Argo Rollout', () => {
  const steps = [{ setWeight: 10 }, { pause: {} }, { setWeight: 50 }];
  const rollout = (status: ArgoRollout['status'], spec: object = { strategy: { canary: { steps } } }): ArgoRollout => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'cart' },
    spec,
    status: { currentPodHash: 'new', stableRS: 'old', ...status },
  });
  const written = (act: RolloutAct, status: ArgoRollout['status'], spec?: object): unknown => {
    const patches = rolloutPatches(rollout(status, spec), act);
    return typeof patches === 'string'
      ? patches
      : patches.map(({ patch, subresource }) => [subresource ?? 'object', patch]);
  };

  it('is promoted past a pause, past a step, and past an inconclusive analysis', () => {
    const paused = { currentStepIndex: 1, pauseConditions: [{ reason: 'CanaryPauseStep' }] };
    assert.deepEqual(written('promote', paused), [['status', { status: { pauseConditions: null } }]]);
    assert.deepEqual(written('promote', { currentStepIndex: 0 }), [
      ['status', { status: { pauseConditions: null, currentStepIndex: 1 } }],
    ]);
    const inconclusive = {
      ...paused,
      controllerPause: true,
      canary: { currentStepAnalysisRunStatus: { status: 'Inconclusive' } },
    };
    assert.deepEqual(written('promote', inconclusive), [
      ['status', { status: { pauseConditions: null, controllerPause: false, currentStepIndex: 2 } }],
    ]);
    assert.deepEqual(written('promote', paused, { paused: true, strategy: { canary: { steps } } }), [
      ['object', { spec: { paused: false } }],
      ['status', { status: { pauseConditions: null } }],
    ]);
    assert.deepEqual(
      written('promote', { pauseConditions: [{ reason: 'BlueGreenPause' }] }, { strategy: { blueGreen: {} } }),
      [['status', { status: { pauseConditions: null } }]],
    );
  });

  it('says why an act has no sense', () => {
    const whole = { currentPodHash: 'old' };
    assert.match(String(written('promote', whole)), /No update is under way/);
    assert.match(String(written('promote-fully', whole)), /No update is under way/);
    assert.match(String(written('abort', whole)), /No update is under way/);
    assert.match(String(written('promote', { abort: true })), /retry it first/);
    assert.match(String(written('promote', { currentStepIndex: 3 })), /goes on by itself/);
    assert.match(String(written('abort', { abort: true })), /aborted already/);
    assert.match(String(written('retry', {})), /not aborted/);
    assert.match(String(written('resume', {})), /not paused/);
  });

  it('is promoted fully, aborted, retried, paused and resumed', () => {
    assert.deepEqual(written('promote-fully', {}), [['status', { status: { promoteFull: true } }]]);
    assert.deepEqual(written('abort', {}), [['status', { status: { abort: true } }]]);
    assert.deepEqual(written('retry', { abort: true }), [['status', { status: { abort: false } }]]);
    assert.deepEqual(written('pause', {}), [['object', { spec: { paused: true } }]]);
    assert.deepEqual(written('resume', {}, { paused: true }), [['object', { spec: { paused: false } }]]);
  });

  it('is told in words', () => {
    const status = {
      phase: 'Paused',
      currentStepIndex: 0,
      pauseConditions: [{ reason: 'CanaryPauseStep' }],
      canary: { weights: { canary: { weight: 10 } } },
    };
    assert.equal(rolloutInWords(rollout(status)), 'Paused at step 1 of 3 (setWeight 10), canary 10 %: CanaryPauseStep');
    assert.equal(rolloutInWords(rollout({ phase: 'Healthy', currentStepIndex: 3 })), 'Healthy after its last step');
    assert.equal(
      rolloutInWords(rollout({ abort: true, phase: 'Degraded', message: 'aborted by hand' })),
      'Aborted: aborted by hand',
    );
  });
});
