import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { DeliveryEvent } from '../../client/src/delivery/deliveryEvent.ts';
import { deliveryLogLines } from '../../client/src/delivery/deliveryLogLines.ts';
import { deliveryMessage, deliveryPercent } from '../../client/src/delivery/deliveryMessage.ts';
import { afterEvent, type DeliveryState, noDelivery } from '../../client/src/delivery/deliveryState.ts';
import { planDelivery } from '../../client/src/delivery/planDelivery.ts';

const reference = 'registry.example.com/shop/orders:1.4.2';
const steps = planDelivery({
  engine: 'default',
  build: { reference, contextFolder: '/shop/orders', dockerfile: '/shop/orders/Dockerfile', output: 'engine' },
  push: { reference, overwrite: false },
});
const after = (...events: DeliveryEvent[]): DeliveryState => events.reduce(afterEvent, noDelivery);
const started = (step: string): DeliveryEvent => ({ type: 'step-started', step, atMilliseconds: 0 });
const done = (step: string, result: Extract<DeliveryEvent, { type: 'step-finished' }>['result']): DeliveryEvent => ({
  type: 'step-finished',
  step,
  atMilliseconds: 1,
  result,
});

describe('a delivery in words', () => {
  it('tells the step that runs and how far it is', () => {
    const checked = done('check-version', { kind: 'checked', existingDigest: undefined });
    const state = after({ type: 'planned', steps }, started('check-version'), checked, started('push-image'), {
      type: 'push-progress',
      step: 'push-image',
      progress: {
        layers: [
          { id: 'a', status: 'Pushing', currentBytes: 1_000_000, totalBytes: 4_000_000 },
          { id: 'b', status: 'Pushed', currentBytes: 2_000_000, totalBytes: 2_000_000 },
        ],
      },
    });
    assert.equal(deliveryMessage(state), `(3/3) Push ${reference}: 3.0 of 6.0 MB`);
    assert.equal(deliveryPercent(state), 33);
  });

  it('has nothing to say before the first step and after the last', () => {
    assert.equal(deliveryMessage(noDelivery), '');
    assert.equal(deliveryPercent(noDelivery), 0);
  });

  it('logs the plan, each result, and a failure with the words of the other program', () => {
    const failed: DeliveryEvent = {
      type: 'step-failed',
      step: 'push-image',
      atMilliseconds: 2,
      failure: {
        kind: 'push',
        message: 'It was refused.',
        said: 'denied',
        advice: 'Log in.',
        places: [],
        conflicts: [],
      },
      remains: ['The image is in the engine.'],
    };
    assert.deepEqual(deliveryLogLines({ type: 'planned', steps })[0], { level: 'info', text: `1. ${steps[0]?.title}` });
    assert.deepEqual(deliveryLogLines(failed), [
      { level: 'error', text: 'push-image: It was refused.\n  denied\n  Log in.' },
      { level: 'warn', text: 'push-image: The image is in the engine.' },
    ]);
    const pushed = done('push-image', { kind: 'pushed', reference, digest: 'sha256:abc' });
    assert.equal(deliveryLogLines(pushed)[0]?.text, `push-image: pushed ${reference}@sha256:abc`);
  });
});
