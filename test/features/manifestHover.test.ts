import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { explainAt } from '../../server/src/features/explainAt.ts';
import { graphSource } from '../../server/src/features/graphSource.ts';
import { kubernetesSource } from '../../server/src/features/kubernetesSource.ts';
import { apiDefault } from '../../server/src/features/manifests/apiDefaults.ts';
import { scheduleInWords } from '../../server/src/features/manifests/scheduleInWords.ts';
import { index } from '../schema/schemas.ts';
import { CURSOR, cursorIn } from './markedWorkspace.ts';
import { SHOP } from './shopManifests.ts';

const SOURCES = [graphSource, kubernetesSource(index)];

/** The hover at the mark of `marked`, which replaces a file of the shop or is a new one. */
function hover(marked: string, name = 'new.yaml'): string {
  const cursor = cursorIn(name, { ...SHOP, [name]: marked });
  const fail = (error: unknown): never => {
    throw error;
  };
  return explainAt(cursor, SOURCES, fail)?.markdown ?? '';
}

/** A file of the shop with the cursor before `text`. */
function inShop(name: keyof typeof SHOP, text: string): string {
  assert.ok(SHOP[name].includes(text));
  return hover(SHOP[name].replace(text, CURSOR + text), name);
}

describe('hover of manifests in their workspace', () => {
  it('names the pods that a selector picks now, on its key and on its labels', () => {
    for (const text of ['selector:\n    app: cart', 'app: cart', 'cart\n  ports']) {
      assert.match(inShop('cart-support.yaml', text), /\*\*Picks now\*\*\n\n- Deployment cart, 2–10 pods/, text);
    }
    assert.match(inShop('routes.yaml', 'version: v2'), /picks no pods of this workspace/);
    assert.match(inShop('routes.yaml', 'podSelector'), /Deployment cart/);
  });

  it('tells what counts where nothing is written', () => {
    assert.match(inShop('cart.yaml', 'readinessProbe'), /Not written here: .*`failureThreshold` 3.*`periodSeconds` 10/);
    assert.match(inShop('cart.yaml', 'replicas'), /Default: 1\b/);
    assert.match(hover('apiVersion: v1\nkind: Pod\nspec:\n  terminationGracePeri¦odSeconds: 5\n'), /Default: 30/);
    assert.doesNotMatch(hover('apiVersion: apps/v1\nkind: Deployment\nspec:\n  replicas: ¦2\n'), /Not written/);
  });

  it('tells what cannot be changed later', () => {
    assert.match(inShop('cart.yaml', 'selector:'), /Cannot be changed once the object exists/);
    assert.match(inShop('cart.yaml', 'app: cart }\n  template'), /Cannot be changed/);
    assert.doesNotMatch(inShop('cart.yaml', 'replicas'), /Cannot be changed/);
    assert.match(hover('apiVersion: v1\nkind: Service\nspec:\n  cluster¦IP: None\n'), /Cannot be changed/);
  });

  it('works out percentages with the replicas of the workload and of its autoscaler', () => {
    const rolling = (replicas: number, name: string): string =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: shop }\nspec:\n  replicas: ${replicas}\n  strategy:\n    rollingUpdate:\n      maxSurge: ¦25%\n      maxUnavailable: 25%\n`;
    assert.match(hover(rolling(5, 'new')), /25% of 5 = 2 pods \(rounded up\)/);
    assert.match(
      hover(rolling(5, 'new').replace('¦25%', '25%').replace('able: 25%', 'able: 25¦%')),
      /25% of 5 = 1 pod \(rounded down\)/,
    );
    const scaled = cursorIn('cart.yaml', { ...SHOP, 'cart.yaml': rolling(5, 'cart') });
    assert.match(graphSource.explain!(scaled)?.markdown ?? '', /25% of 2 = 1 pod .*25% of 10 = 3 pods/);
  });

  it('says schedules in words', () => {
    const job = (schedule: string): string =>
      `apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: a }\nspec:\n  schedule: "¦${schedule}"\n`;
    assert.match(hover(job('30 2 * * 1-5')), /At 02:30, Monday through Friday/);
    assert.match(hover(job('@daily')), /At 00:00/);
    assert.equal(scheduleInWords('often'), undefined);
    assert.equal(scheduleInWords('99 2 * * *'), undefined);
    assert.equal(scheduleInWords('* * * * * *'), undefined, 'controllers read five fields');
    assert.equal(scheduleInWords('@every 1h30m'), 'Every 1h30m');
  });

  it('tells how an image is pulled', () => {
    assert.match(inShop('cart.yaml', 'image:'), /pulled where the node does not have it/);
    const pod = (image: string): string =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  containers:\n    - name: a\n      image: ¦${image}\n`;
    assert.match(hover(pod('nginx')), /at every start/);
    assert.match(hover(pod('host:5000/nginx:latest')), /at every start/);
    assert.match(hover(pod(`nginx@sha256:${'a'.repeat(64)}`)), /where the node does not have it/);
  });

  it('knows defaults only of fields that the schemas have', () => {
    for (const [apiVersion, kind, path] of [
      ['v1', 'Pod', 'spec.containers[].livenessProbe.periodSeconds'],
      ['batch/v1', 'CronJob', 'spec.jobTemplate.spec.template.spec.dnsPolicy'],
    ] as const) {
      assert.ok(apiDefault(apiVersion === 'v1' ? kind : `batch/${kind}`, path), path);
    }
    assert.equal(apiDefault('apps/Deployment', 'spec.dnsPolicy'), undefined);
    assert.equal(apiDefault('batch/Job', 'spec.template.spec.restartPolicy'), undefined, 'a Job must say it');
  });
});
