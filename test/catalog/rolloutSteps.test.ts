import assert from 'node:assert/strict';
import { PATTERNS } from '../../server/src/patterns/registry.generated.ts';
import { rolloutSteps } from '../../server/src/patterns/rolling/rolloutSteps.ts';
import { exampleSnapshot } from './exampleWorkspace.ts';

describe('the steps of a rolling update', () => {
  it('replace one pod at a time with a surge of one', () => {
    assert.deepEqual(rolloutSteps(3, { surge: 1, unavailable: 0 }), [
      { old: 3, ready: 0, starting: 1 },
      { old: 2, ready: 1, starting: 1 },
      { old: 1, ready: 2, starting: 1 },
      { old: 0, ready: 3, starting: 0 },
    ]);
  });

  it('stop before they start without a surge', () => {
    assert.deepEqual(rolloutSteps(2, { surge: 0, unavailable: 1 }), [
      { old: 1, ready: 0, starting: 1 },
      { old: 0, ready: 1, starting: 1 },
    ]);
  });

  it('keep within the limits and end, whatever the numbers are', () => {
    for (let replicas = 1; replicas <= 12; replicas++) {
      for (let surge = 0; surge <= 4; surge++) {
        for (let unavailable = surge === 0 ? 1 : 0; unavailable <= 4; unavailable++) {
          const steps = rolloutSteps(replicas, { surge, unavailable });
          const label = `${replicas} replicas, surge ${surge}, unavailable ${unavailable}`;
          for (const { old, ready, starting } of steps) {
            assert.ok(old + ready >= replicas - unavailable, `too few in ${label}`);
            assert.ok(old + ready + starting <= replicas + surge, `too many in ${label}`);
          }
          const last = steps.at(-1);
          assert.ok(last, label);
          assert.deepEqual([last.old, last.ready + last.starting], [0, replicas], label);
        }
      }
    }
  });

  it('are played on hover with the numbers of the file', () => {
    const text = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
spec:
  replicas: 4
  minReadySeconds: 10
  strategy:
    rollingUpdate:
      maxSurge: 25%
      maxUnavailable: 0
`;
    const { graph } = exampleSnapshot([{ name: 'manifest.yaml', text }]);
    const [cart] = graph.all('apps/Deployment');
    assert.ok(cart);
    const limits = cart.root.find('spec', 'strategy', 'rollingUpdate');
    assert.ok(limits);
    const explanation = PATTERNS.find(({ id }) => id === 'rolling')
      ?.explanations?.find(({ path }) => path.join('.') === 'spec.strategy.rollingUpdate')
      ?.text(limits, cart, graph);
    assert.match(explanation ?? '', /never fewer than 4 that answer, never more than 5 in all/);
    assert.match(explanation ?? '', /at least 40 s/);
    assert.match(explanation ?? '', /\| 2 \| 3 \| 1 \| 1 \|/);
  });
});
