import assert from 'node:assert/strict';
import type { Profile } from '../../server/src/rules/contract.ts';
import { exampleSnapshot, findingsOf } from '../catalog/exampleWorkspace.ts';
import type { ExampleFile } from '../catalog/readReadme.ts';

function found(files: readonly ExampleFile[], profile: Profile = 'recommended'): string[] {
  return findingsOf(exampleSnapshot(files), profile)
    .filter(({ rule }) => /unknown|nothing|twice|repeated|duplicate/.test(rule.id))
    .map(({ rule, finding }) => `${rule.id} in ${finding.at.source.uri.split('/').at(-1)}`);
}

function object(kind: string, name: string, namespace: string, spec: string): string {
  return `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n${spec}`;
}

const autoscaler = (name: string, target: string, namespace = 'shop') =>
  object(
    'HorizontalPodAutoscaler',
    name,
    namespace,
    `spec:\n  maxReplicas: 3\n  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${target} }\n`,
  ).replace('v1', 'autoscaling/v2');

const workload = (name: string, namespace = 'shop', kind = 'Deployment') =>
  object(
    kind,
    name,
    namespace,
    `spec:\n  selector: { matchLabels: { app: ${name} } }\n  template:\n    metadata: { labels: { app: ${name} } }\n    spec: { containers: [{ name: a, image: "a:1" }] }\n`,
  ).replace('v1', 'apps/v1');

const service = (namespace: string, selector: string) =>
  object('Service', 'cart', namespace, `spec:\n  selector: { ${selector} }\n  ports: [{ port: 80 }]\n`);

describe('what is deployed together', () => {
  it('is a folder of manifests, in which something can be missing', () => {
    const files = [
      { name: 'deploy/a.yaml', text: workload('cart') },
      { name: 'deploy/b.yaml', text: autoscaler('cart', 'card') },
    ];
    assert.deepEqual(found(files), ['hpa/target-unknown in b.yaml']);
  });

  it('is each file for itself in a folder that collects variants of the same objects', () => {
    const files = ['a', 'b', 'c'].map((name) => ({
      name: `examples/${name}.yaml`,
      text: `${workload(`cart-${name}`)}---\n${autoscaler('cart', 'card')}`,
    }));
    assert.deepEqual(found(files), []);
    assert.ok(found(files.slice(0, 2)).length > 0, 'two files that define the same object are a slip');
  });

  it('is not what only changes an object', () => {
    const files = [
      { name: 'deploy/a.yaml', text: workload('cart') },
      { name: 'deploy/cart-patch.yaml', text: autoscaler('cart', 'card') },
      { name: 'deploy/patches/cart.yaml', text: autoscaler('cart', 'card') },
    ];
    assert.deepEqual(found(files), []);
    assert.equal(found([files[0]!, { ...files[1]!, name: 'deploy/dispatch.yaml' }]).length, 1);
  });

  it('is never all that a namespace of the cluster holds', () => {
    const files = (namespace: string) => [
      { name: 'deploy/a.yaml', text: workload('cart', namespace) },
      { name: 'deploy/b.yaml', text: autoscaler('cart', 'card', namespace) },
      { name: 'deploy/c.yaml', text: service(namespace, 'app: carts') },
    ];
    assert.equal(found(files('shop')).length, 2);
    assert.deepEqual(found(files('kube-system')), []);
  });

  it('has pods with the labels that their controllers add', () => {
    const files = (selector: string) => [
      { name: 'deploy/a.yaml', text: workload('cart', 'shop', 'StatefulSet') },
      { name: 'deploy/c.yaml', text: service('shop', selector) },
    ];
    assert.deepEqual(found(files('statefulset.kubernetes.io/pod-name: cart-0, app: cart'), 'strict'), []);
    assert.equal(found(files('statefulset.kubernetes.io/pod-name: cart-0, app: carts'), 'strict').length, 1);
  });
});
