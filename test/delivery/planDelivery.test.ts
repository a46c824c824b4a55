import assert from 'node:assert/strict';
import type { Failure } from '../../client/src/cluster/failure.ts';
import { parseContainerTests } from '../../client/src/delivery/containerTest.ts';
import type { DeliveryIntent } from '../../client/src/delivery/intent.ts';
import { planDelivery } from '../../client/src/delivery/planDelivery.ts';
import { bareDeployment, build, deploy, document, service, wholeIntent } from './shopIntents.ts';

describe('The plan of a delivery', () => {
  it('goes from checking over building, pushing and reviewing to watching, and each step names where it acts', () => {
    const plan = planDelivery(wholeIntent);
    assert.deepEqual(
      plan.map(({ kind }) => kind),
      ['check-version', 'build-image', 'push-image', 'dry-run', 'apply', 'watch-rollout'],
    );
    for (const step of plan) {
      assert.ok('engine' in step ? step.engine === 'memory' : step.context === 'kind-shop', step.title);
      assert.match(step.title, /localhost:5000|kind-shop/);
    }
    const apply = plan.find((step) => step.kind === 'apply');
    assert.deepEqual(
      apply?.documents.map(({ object }) => object.kind),
      ['Service', 'Deployment'],
    );
    assert.equal(new Set(plan.map(({ id }) => id)).size, plan.length);
    assert.deepEqual(planDelivery(wholeIntent), plan, 'the same intent gives the same plan');
    assert.deepEqual(JSON.parse(JSON.stringify(plan)), plan, 'a plan is plain data');
  });

  it('watches a workload in the namespace that its document names', () => {
    const elsewhere = { ...bareDeployment, metadata: { name: 'cart', namespace: 'other' } };
    const plan = planDelivery({ deploy: { ...deploy, documents: [document(elsewhere)] } });
    const watch = plan.find((step) => step.kind === 'watch-rollout');
    assert.equal(watch?.workload.namespace, 'other');
  });

  it('takes what is written twice alike once, and refuses what is written twice and not alike', () => {
    const elsewhere = { ...document(service), file: '/shop/other.yaml' };
    const twice = planDelivery({ deploy: { ...deploy, documents: [document(service), elsewhere] } });
    assert.equal(twice.find((step) => step.kind === 'apply')?.documents.length, 1);
    const explicit = { ...service, metadata: { name: 'cart', namespace: 'shop' } };
    for (const other of [explicit, { ...service, spec: { ports: [{ port: 1 }] } }]) {
      const documents = [document(service), { ...document(other), file: '/shop/other.yaml' }];
      assert.throws(
        () => planDelivery({ deploy: { ...deploy, documents } }),
        (error: Failure) => error.kind === 'invalid' && /Service (?:shop\/)?cart is written twice/.test(error.message),
      );
    }
    const other = { ...service, metadata: { name: 'cart', namespace: 'other' } };
    assert.equal(planDelivery({ deploy: { ...deploy, documents: [document(service), document(other)] } }).length, 2);
  });

  it('names what container tests ask for beyond a container of their own', () => {
    const titleOf = (options: string): string | undefined => {
      const tests = parseContainerTests('/shop/tests.yaml', `schemaVersion: 2.0.0\n${options}`);
      const plan = planDelivery({ engine: 'memory', build, containerTests: [tests] });
      return plan.find(({ kind }) => kind === 'test-image')?.title;
    };
    assert.equal(titleOf(''), `Test ${build.reference}`);
    const options = '{ privileged: true, capabilities: [NET_ADMIN], bindMounts: ["./data:/data"] }';
    assert.equal(
      titleOf(`containerRunOptions: ${options}`),
      `Test ${build.reference} with privileged, NET_ADMIN, /shop/data:/data`,
    );
  });

  it('refuses what contradicts itself', () => {
    const refused: DeliveryIntent[] = [
      { build },
      { engine: 'memory', build: { ...build, platforms: ['linux/amd64', 'linux/arm64'] } },
      { engine: 'memory', build: { ...build, output: 'registry' }, containerTests: [{} as never] },
      { deploy: { ...deploy, documents: [] } },
    ];
    for (const intent of refused) {
      assert.throws(
        () => planDelivery(intent),
        (error: Failure) => error.kind === 'invalid',
      );
    }
  });

  it('pushes in the build when the image goes straight to the registry, and still checks the version first', () => {
    const plan = planDelivery({ engine: 'memory', build: { ...build, output: 'registry' } });
    assert.deepEqual(
      plan.map(({ kind }) => kind),
      ['check-version', 'build-image'],
    );
  });
});
