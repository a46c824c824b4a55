import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe, describeOther } from '../../workspace/resource.ts';
import { topicNamed } from './kafka.ts';
import { kafkaTriggers, SCALED_OBJECT } from './kafkaScalers.ts';

/** Kafka gives each partition to one member of a group: who comes on top has nothing to read. */
export const rule = defineRule({
  id: 'async-messaging/consumers-idle',
  severity: 'information',
  profile: 'recommended',
  types: [SCALED_OBJECT],
  *check(resource, graph) {
    const at = resource.root.find('spec', 'maxReplicaCount');
    const most = at?.number();
    const [trigger, ...more] = kafkaTriggers(resource);
    const name = trigger?.topic?.text();
    const others = (resource.root.find('spec', 'triggers')?.items.length ?? 0) - 1;
    if (!at || most === undefined || !trigger || name === undefined || more.length > 0 || others > 0) return;
    const topic = topicNamed(name, resource, graph);
    const partitions = topic?.root.find('spec', 'partitions');
    const count = partitions?.number();
    if (!topic || !partitions || count === undefined || most <= count) return;
    const isAllowed = trigger.metadata.text('allowIdleConsumers') === 'true';
    yield {
      at,
      message: isAllowed
        ? `Of up to ${most} consumers ${most - count} have nothing to read: ${describeOther(topic)} has ${count} partitions.`
        : `${describe(resource)} never comes to ${most}: KEDA stops at the ${count} partitions of ${describeOther(topic)}.`,
      ...(isAllowed ? { severity: 'warning' as const } : {}),
      related: [{ at: partitions, message: `The partitions of ${describeOther(topic)}.` }],
      fixes: [{ title: `Scale to ${count}`, safe: true, edits: () => [replaceValue(at, String(count))] }],
    };
  },
});
