import assert from 'node:assert/strict';
import { pattern } from '../../../server/src/patterns/async-messaging/pattern.ts';
import { exampleSnapshot, findingsOf } from '../../catalog/exampleWorkspace.ts';

const CLUSTER = `apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: { name: events, namespace: data }
spec: { kafka: { config: { min.insync.replicas: 2 } } }
`;

function pool(name: string, replicas: string, roles: string): string {
  return `---\napiVersion: kafka.strimzi.io/v1\nkind: KafkaNodePool\nmetadata: { name: ${name}, namespace: data, labels: { strimzi.io/cluster: events } }\nspec: { replicas: ${replicas}, roles: [${roles}] }\n`;
}

function topic(name: string, spec: string): string {
  return `---\napiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\nmetadata: { name: ${name}, namespace: data, labels: { strimzi.io/cluster: events } }\nspec: { partitions: 6, ${spec} }\n`;
}

function found(...documents: string[]): string[] {
  const snapshot = exampleSnapshot([{ name: 'kafka.yaml', text: CLUSTER + documents.join('') }]);
  return findingsOf(snapshot, 'strict').flatMap(({ rule, severity }) =>
    rule.id.startsWith('async-messaging/') ? `${severity} ${rule.id.slice('async-messaging/'.length)}` : [],
  );
}

describe('topics of Kafka', () => {
  const cases: Readonly<Record<string, readonly [string[], string[]]>> = {
    'three copies in a cluster of three': [[pool('a', '3', 'controller, broker'), topic('orders', 'replicas: 3')], []],
    'brokers of several pools together': [
      [
        pool('a', '3', 'controller'),
        pool('b', '2', 'broker'),
        pool('c', '2', 'broker'),
        topic('orders', 'replicas: 4'),
      ],
      [],
    ],
    'controllers, which hold no copies': [
      [pool('a', '3', 'controller'), pool('b', '2', 'broker'), topic('orders', 'replicas: 3')],
      ['error replicas-over-brokers'],
    ],
    'two copies, of which the cluster waits for both': [
      [pool('a', '3', 'controller, broker'), topic('orders', 'replicas: 2')],
      ['warning in-sync-not-below-replicas', 'information replicas-too-few'],
    ],
    'the own number before that of the cluster': [
      [pool('a', '3', 'controller, broker'), topic('orders', 'replicas: 3, config: { min.insync.replicas: "1" }')],
      [],
    ],
    'a broker alone': [
      [pool('a', '1', 'controller, broker'), topic('orders', 'replicas: 1, config: { min.insync.replicas: 1 }')],
      [],
    ],
    'four controllers': [[pool('a', '4', 'controller, broker')], ['warning members-even']],
    'two pools of two controllers, which nobody sums up': [
      [pool('a', '2', 'controller'), pool('b', '2', 'controller')],
      [],
    ],
    'four brokers, which need no majority': [[pool('a', '3', 'controller'), pool('b', '4', 'broker')], []],
  };
  for (const [what, [documents, expected]] of Object.entries(cases))
    it(`${expected.length > 0 ? 'finds' : 'admits'} ${what}`, () =>
      assert.deepEqual(found(...documents).sort(), [...expected].sort()));

  it('are used by the workload that a scaler names, and miss it when it is gone', () => {
    const worker = (name: string) =>
      `---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: data }\nspec: { template: {} }\n---\napiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: { name: worker, namespace: data }\nspec:\n  scaleTargetRef: { name: worker }\n  triggers: [{ type: kafka, metadata: { topic: orders, consumerGroup: worker } }]\n`;
    const missing = (...documents: string[]) => {
      const { graph } = exampleSnapshot([{ name: 'kafka.yaml', text: documents.join('') }]);
      return [...pattern.recognize(graph)].map((instance) => [instance.name, instance.missing]);
    };
    const orders = topic('orders', 'replicas: 3');
    assert.deepEqual(missing(CLUSTER, orders, topic('orders.dlq', 'replicas: 3'), worker('worker')), [['orders', []]]);
    assert.deepEqual(missing(CLUSTER, orders, worker('other')), [['orders', ['consumer']]]);
    assert.deepEqual(missing(CLUSTER, worker('worker')), [['orders', ['topic']]]);
    assert.deepEqual(missing(orders, worker('worker')), [['orders', ['broker']]]);
  });
});
