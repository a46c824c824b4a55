import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe, describeOther } from '../../workspace/resource.ts';
import { brokersOf, clusterOf, KAFKA, KAFKA_TOPIC } from './kafka.ts';

const FACTORS = [
  'default.replication.factor',
  'offsets.topic.replication.factor',
  'transaction.state.log.replication.factor',
];

/** Each replica needs a broker of its own: Kafka does not make a topic with more. */
export const rule = defineRule({
  id: 'async-messaging/replicas-over-brokers',
  severity: 'error',
  profile: 'recommended',
  types: [KAFKA_TOPIC, KAFKA],
  *check(resource, graph) {
    const isCluster = resource.type === KAFKA;
    const cluster = isCluster ? resource : clusterOf(resource, graph);
    const brokers = cluster && brokersOf(cluster, graph);
    if (!cluster || brokers === undefined || brokers === 0) return;
    const places = isCluster
      ? FACTORS.map((name) => resource.root.find('spec', 'kafka', 'config', name))
      : [resource.root.find('spec', 'replicas')];
    for (const at of places) {
      const copies = Number(at?.text());
      if (!at || !Number.isInteger(copies) || copies <= brokers) continue;
      yield {
        at,
        message: `${isCluster ? at.key : describe(resource)} asks for ${copies} replicas, but ${describeOther(cluster)} has ${brokers} ${brokers === 1 ? 'broker' : 'brokers'}.`,
        fixes: [
          {
            title: `Ask for ${brokers}`,
            safe: false,
            edits: () => [replaceValue(at, at.quoted ? `"${brokers}"` : String(brokers))],
          },
        ],
      };
    }
  },
});
